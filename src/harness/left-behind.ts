// SPDX-License-Identifier: Apache-2.0
import type { Holdings } from "../kube/reap.ts";
import type { CaseRun } from "./case-run.ts";
import { findLeaks, handlesOf } from "./leaks.ts";
import { findMounts, mountMarksOf } from "./mount-points.ts";

/** What a case's volumes and snapshots left, in words. */
export interface LeftBehind {
  readonly leaks: string[];
  /** What it speaks about, whatever else the case is about: the back end has to give up what was deleted. */
  readonly requirement?: "life/reclaim";
}

/** Looks in the back end and among the nodes' mounts. */
export async function leftBehind(run: CaseRun, holdings: Holdings): Promise<LeftBehind> {
  const handles = handlesOf(holdings);
  if (handles.length === 0) return { leaks: [] };
  const [listed, mounts] = await Promise.all([run.backEnd?.list() ?? [], run.mounts?.() ?? []]);
  const held = findLeaks(handles, listed);
  const left = findMounts(mounts, mountMarksOf(holdings.volumes));
  const leaks = [...held, ...left.map(({ node, point }) => `mount ${point} on ${node}`)];
  return { leaks, ...(held.length === 0 ? {} : { requirement: "life/reclaim" }) };
}
