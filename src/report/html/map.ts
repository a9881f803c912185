// SPDX-License-Identifier: Apache-2.0
import type { CaseResult, NodeInfo, Placement } from "../model.ts";
import { type Markup, html } from "./escape.ts";
import { type Box, layOutMap, type MapLayout, rowHeight, signsWidth } from "./map-layout.ts";
import { groupPictures, type NodeRow, type Picture, rowsByNode } from "./map-pictures.ts";

/** Longer labels lose their middle: their ends are what tells them apart. */
const longestLabel = 28;

/** A node with more shows how many more; the table beside the picture has all. */
const mostRows = 4;

/** The zones, racks and workers of a cluster, drawn once and used by every picture. */
export class ClusterMap {
  readonly #layout: MapLayout;

  /** @param cases decide how large a node must be to hold their labels */
  constructor(nodes: readonly NodeInfo[], cases: readonly CaseResult[]) {
    const rows = cases
      .flatMap(({ placements }) => groupPictures(placements))
      .flatMap((one) => [...rowsByNode(one).values()]);
    const labels = rows.flat().map(({ label }) => Math.min(longestLabel, label.length));
    this.#layout = layOutMap(
      nodes.filter(({ controlPlane }) => !controlPlane),
      {
        letters: Math.max(0, ...labels),
        rows: Math.min(mostRows, Math.max(0, ...rows.map(({ length }) => length))),
      },
    );
  }

  /** Stands once in the page, before the first picture. */
  get definition(): Markup {
    const { width, height, zones, racks, nodes } = this.#layout;
    return html`<svg class="defs" aria-hidden="true" focusable="false">
      <symbol id="cluster" viewBox="0 0 ${width} ${height}">
        ${zones.map((box) => titledBox(box, "map-zone"))}${racks.map((box) => titledBox(box, "map-rack"))}${[...nodes.values()].map((box) => titledBox(box, "map-node"))}
      </symbol>
    </svg>`;
  }

  /** As few pictures as show every move, in order; undefined without any. */
  pictures(placements: readonly Placement[]): Markup | undefined {
    if (placements.length === 0 || this.#layout.nodes.size === 0) return undefined;
    const pictures = groupPictures(placements);
    return html`${legend}
      <ul class="moments">
        ${pictures.map((picture, index) => html`<li>${this.#picture(picture, pictures.length, index)}</li>`)}
      </ul>`;
  }

  #picture(picture: Picture, of: number, index: number): Markup {
    const { width, height } = this.#layout;
    const place = index === 0 ? "Before" : index === of - 1 ? "After" : "Then";
    return html`<figure>
      <figcaption>${of > 1 && html`<strong>${place}</strong> `}${picture.moments.join(" · ")}</figcaption>
      <svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
        <title>${picture.placements.map(describe).join("; ")}</title>
        <use href="#cluster" width="${width}" height="${height}" />
        ${this.#marks(picture)}
      </svg>
    </figure>`;
  }

  #marks(picture: Picture): Markup[] {
    const marks: Markup[] = [];
    const splits = new Map<string, Partial<Record<"pod" | "disk", Point>>>();
    for (const [node, rows] of rowsByNode(picture)) {
      const box = this.#layout.nodes.get(node);
      if (box === undefined) continue;
      const shown = rows.length > mostRows ? rows.slice(0, mostRows - 1) : rows;
      for (const [line, row] of shown.entries()) {
        const at = { x: box.x + 5, y: box.y + 18 + line * rowHeight };
        marks.push(nodeRow(row, at));
        if (row.split !== undefined)
          splits.set(row.claim, {
            ...splits.get(row.claim),
            [row.split]: { x: at.x + (row.split === "pod" ? 6 : 21), y: at.y + 6 },
          });
      }
      if (shown.length < rows.length)
        marks.push(
          html`<text class="map-text" x="${box.x + 5}" y="${box.y + 28 + shown.length * rowHeight}"
            >and ${rows.length - shown.length} more</text
          >`,
        );
    }
    for (const { pod, disk } of splits.values())
      if (pod !== undefined && disk !== undefined)
        // under the labels, which are drawn later
        marks.unshift(
          html`<line class="map-split" x1="${pod.x}" y1="${pod.y}" x2="${disk.x}" y2="${disk.y}" />`,
        );
    return marks;
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function nodeRow({ label, pod, disk, split }: NodeRow, { x, y }: Point): Markup {
  return html`${pod && sign("pod", x, y)}${disk && sign("disk", x + 15, y)}<text
      class="map-label${split !== undefined && " map-apart"}"
      x="${x + signsWidth - 5}"
      y="${y + 10}"
      >${clip(label)}</text
    >`;
}

function sign(kind: "pod" | "disk", x: number, y: number): Markup {
  return html`<use href="#${kind}" x="${x}" y="${y}" width="12" height="12" />`;
}

/** The signs for pod and disk; stand once in the page. */
export const mapSigns = html`<svg class="defs" aria-hidden="true" focusable="false">
  <symbol id="pod" viewBox="0 0 12 12"><circle class="map-pod" cx="6" cy="6" r="5" /></symbol>
  <symbol id="disk" viewBox="0 0 12 12">
    <path class="map-disk" d="M1 3.2C1 .6 11 .6 11 3.2V9c0 2.6-10 2.6-10 0z" />
    <path d="M1 3.4c0 2.4 10 2.4 10 0" fill="none" stroke="var(--panel)" />
  </symbol>
</svg>`;

const legend = html`<p class="legend">
  <svg viewBox="0 0 12 12" aria-hidden="true"><use href="#pod" /></svg>pod
  <svg viewBox="0 0 12 12" aria-hidden="true"><use href="#disk" /></svg>disk, where the back end holds it
</p>`;

function describe({ pod, podNode, claim, backEndNode }: Placement): string {
  const who = pod === undefined ? "no pod" : `pod ${pod} on ${podNode ?? "no node"}`;
  return `${who}, disk of claim ${claim} ${backEndNode === undefined ? "not found in the back end" : `on ${backEndNode}`}`;
}

function titledBox({ label, x, y, width, height }: Box, kind: string): Markup {
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4" /><text
      class="${kind}-text"
      x="${x + 5}"
      y="${y + 12}"
      >${label}</text
    >`;
}

function clip(text: string): string {
  return text.length > longestLabel ? `${text.slice(0, longestLabel - 13)}…${text.slice(-12)}` : text;
}
