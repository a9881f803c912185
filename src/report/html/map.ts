// SPDX-License-Identifier: Apache-2.0
import type { NodeInfo, Placement } from "../model.ts";
import { type Markup, html } from "./escape.ts";
import { type Box, type MapLayout, layOutMap } from "./map-layout.ts";

/** The zones, racks and workers of a cluster, drawn once and used by every moment's picture. */
export class ClusterMap {
  readonly #layout: MapLayout;

  constructor(nodes: readonly NodeInfo[]) {
    this.#layout = layOutMap(nodes.filter(({ controlPlane }) => !controlPlane));
  }

  /** Stands once in the page, before the first picture. */
  get definition(): Markup {
    const { width, height, zones, racks, nodes } = this.#layout;
    return html`<svg class="defs" aria-hidden="true" focusable="false">
      <symbol id="cluster" viewBox="0 0 ${width} ${height}">
        ${zones.map((box) => html`${rect(box, "map-zone")}<text class="map-zone-text" x="${box.x + 6}" y="13">${clip(box.label, 16)}</text>`)}
        ${racks.map((box) => html`${rect(box, "map-rack")}<text class="map-text" x="${box.x + 4}" y="${box.y + 10}">${clip(box.label, 16)}</text>`)}
        ${[...nodes.values()].map((box) => html`${rect(box, "map-node")}<text class="map-text" x="${box.x + 4}" y="${box.y + 11}">${clip(box.label, 15)}</text>`)}
      </symbol>
    </svg>`;
  }

  /** One picture for each recorded moment, in their order; undefined without any. */
  pictures(placements: readonly Placement[]): Markup | undefined {
    if (placements.length === 0 || this.#layout.nodes.size === 0) return undefined;
    const moments = [...Map.groupBy(placements, ({ moment }) => moment)];
    return html`${legend}
      <ul class="moments">
        ${moments.map(([moment, there]) => html`<li>${this.#picture(moment, there)}</li>`)}
      </ul>`;
  }

  #picture(moment: string, placements: readonly Placement[]): Markup {
    const { width, height } = this.#layout;
    return html`<figure>
      <figcaption>${moment}</figcaption>
      <svg viewBox="0 0 ${width} ${height}" role="img">
        <title>${placements.map(describe).join("; ")}</title>
        <use href="#cluster" width="${width}" height="${height}" />
        ${this.#marks(placements)}
      </svg>
    </figure>`;
  }

  #marks(placements: readonly Placement[]): Markup[] {
    const used = new Map<string, number>();
    const slot = (node: string | undefined): Point | undefined => {
      const box = node === undefined ? undefined : this.#layout.nodes.get(node);
      if (node === undefined || box === undefined) return undefined;
      const index = used.get(node) ?? 0;
      used.set(node, index + 1);
      return { x: box.x + 12 + (index % 4) * 16, y: box.y + 26 };
    };
    return placements.map((placement) => {
      const { podNode, backEndNode } = placement;
      const pod = slot(podNode);
      const disk = slot(backEndNode);
      const isAlone = placements.filter((other) => other.podNode === podNode).length === 1;
      return html`${pod && disk && podNode !== backEndNode && splitLine(pod, disk)}${pod && sign("pod", pod)}${disk && sign("disk", disk)}
      ${pod && isAlone && podLabel(placement, pod)}`;
    });
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function splitLine(from: Point, to: Point): Markup {
  return html`<line class="map-split" x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" />`;
}

function sign(kind: "pod" | "disk", { x, y }: Point): Markup {
  return html`<use href="#${kind}" x="${x - 6}" y="${y - 6}" width="12" height="12" />`;
}

/** Beside the two signs, or under the pod where a line leads away from it. */
function podLabel({ pod = "", podNode, backEndNode }: Placement, at: Point): Markup {
  return podNode === backEndNode
    ? html`<text class="map-text" x="${at.x + 25}" y="${at.y + 3}">${clip(pod, 9)}</text>`
    : html`<text class="map-text" x="${at.x - 6}" y="${at.y + 12}">${clip(pod, 15)}</text>`;
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

function rect({ x, y, width, height }: Box, kind: string): Markup {
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="4" />`;
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
