// SPDX-License-Identifier: Apache-2.0
import type { NodeInfo } from "../model.ts";

/** A rectangle of the map, in its own units. */
export interface Box {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where zones, racks and nodes are drawn. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  readonly zones: readonly Box[];
  readonly racks: readonly Box[];
  /** By node name; the label is the name without what all names start with. */
  readonly nodes: ReadonlyMap<string, Box>;
}

/** How much must fit into a node. */
export interface NodeContents {
  /** Letters of the longest label beside the signs of pod and disk. */
  readonly letters: number;
  /** Lines below the node's name. */
  readonly rows: number;
}

const gap = 8;
const zoneTitle = 20;
const rackTitle = 15;
const nodeTitle = 16;
const nodeGap = 4;

/** Height of a line in a node. */
export const rowHeight = 15;

/** Room for the signs of pod and disk before a label. */
export const signsWidth = 34;

/** Widest letters of the map's type, on average. */
const letterWidth = 6.2;

/** Zones side by side, racks under each other in a zone, nodes under each other in a rack; wide enough for every label. */
export function layOutMap(nodes: readonly NodeInfo[], { letters, rows }: NodeContents): MapLayout {
  const short = shortNames(nodes.map(({ name }) => name));
  const titles = [...short.values(), ...nodes.flatMap(({ zone = "no zone", rack = "" }) => [zone, rack])];
  const longest = Math.max(12, ...titles.map(({ length }) => length));
  const nodeWidth = Math.ceil(Math.max(longest * letterWidth + 8, signsWidth + letters * letterWidth));
  const zoneWidth = nodeWidth + 4 * nodeGap;
  const nodeHeight = nodeTitle + Math.max(1, rows) * rowHeight + 3;
  const zones: Box[] = [];
  const racks: Box[] = [];
  const places = new Map<string, Box>();
  for (const [zone, members] of groupBy(nodes, (node) => node.zone ?? "no zone")) {
    const x = zones.length * (zoneWidth + gap) + 1;
    let y = zoneTitle;
    for (const [rack, inRack] of groupBy(members, (node) => node.rack ?? "")) {
      const top = y;
      y += rackTitle;
      for (const { name } of inRack) {
        const label = short.get(name) ?? name;
        places.set(name, { label, x: x + 2 * nodeGap, y, width: nodeWidth, height: nodeHeight });
        y += nodeHeight + nodeGap;
      }
      racks.push({ label: rack, x: x + nodeGap, y: top, width: zoneWidth - 2 * nodeGap, height: y - top });
      y += nodeGap;
    }
    zones.push({ label: zone, x, y: 1, width: zoneWidth, height: y });
  }
  const bottom = Math.max(0, ...zones.map((zone) => zone.y + zone.height));
  return {
    width: Math.max(1, zones.length * (zoneWidth + gap) - gap + 2),
    height: bottom + 1,
    zones,
    racks,
    nodes: places,
  };
}

/** Drops what all names have in common up to their last shared hyphen. */
export function shortNames(names: readonly string[]): Map<string, string> {
  const [first = ""] = names;
  let common = names.length < 2 ? 0 : first.length;
  for (const name of names) {
    while (!name.startsWith(first.slice(0, common))) common -= 1;
  }
  const cut = first.slice(0, common).lastIndexOf("-") + 1;
  return new Map(names.map((name) => [name, name.slice(cut)]));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = Map.groupBy(items, keyOf);
  return [...groups].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
}
