// SPDX-License-Identifier: Apache-2.0
import type { Placement } from "../model.ts";

/** What one drawing shows: all these moments found each claim's pod and disk in the same place. */
export interface Picture {
  readonly moments: readonly string[];
  /** One for each claim; when pods of several names used it, the last one's. */
  readonly placements: readonly Placement[];
}

/**
 * Puts moments together into as few pictures as can be: a new one begins only when a claim's pod or disk is
 * elsewhere than before. Five returns of a pod to its disk are one picture with five moments under it.
 */
export function groupPictures(placements: readonly Placement[]): Picture[] {
  const pictures: { moments: string[]; byClaim: Map<string, Placement> }[] = [];
  for (const [moment, there] of Map.groupBy(placements, (one) => one.moment)) {
    const current = pictures.at(-1);
    const fits =
      current !== undefined && there.every((one) => isSamePlace(current.byClaim.get(one.claim), one));
    const picture = fits ? current : { moments: [], byClaim: new Map<string, Placement>() };
    if (!fits) pictures.push(picture);
    picture.moments.push(moment);
    for (const one of there) picture.byClaim.set(one.claim, one);
  }
  return pictures.map(({ moments, byClaim }) => ({ moments, placements: [...byClaim.values()] }));
}

function isSamePlace(known: Placement | undefined, now: Placement): boolean {
  return known === undefined || (known.podNode === now.podNode && known.backEndNode === now.backEndNode);
}

/** What stands in one node of a picture. */
export interface NodeRow {
  readonly label: string;
  readonly pod: boolean;
  readonly disk: boolean;
  /** The pod's disk is on another node, or the disk's pod. */
  readonly split?: "pod" | "disk";
  readonly claim: string;
}

/** Rows by node: pod and disk together on one line where they are together, else each by itself. */
export function rowsByNode({ placements }: Picture): Map<string, NodeRow[]> {
  const rows = new Map<string, NodeRow[]>();
  const put = (node: string, row: NodeRow): void => {
    rows.set(node, [...(rows.get(node) ?? []), row]);
  };
  for (const { pod, podNode, claim, backEndNode } of placements) {
    if (podNode !== undefined && podNode === backEndNode) {
      put(podNode, { label: pod ?? claim, pod: true, disk: true, claim });
      continue;
    }
    const isSplit = podNode !== undefined && backEndNode !== undefined;
    if (podNode !== undefined)
      put(podNode, {
        label: pod ?? claim,
        pod: true,
        disk: false,
        claim,
        ...(isSplit ? { split: "pod" } : {}),
      });
    if (backEndNode !== undefined)
      put(backEndNode, {
        label: claim,
        pod: false,
        disk: true,
        claim,
        ...(isSplit ? { split: "disk" } : {}),
      });
  }
  return rows;
}
