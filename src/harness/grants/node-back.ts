// SPDX-License-Identifier: Apache-2.0
import { describeNodeReady, isNodeReady, nodeHeartbeat } from "../../kube/conditions.ts";
import { isNotBefore } from "../../kube/kube-time.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

/**
 * Waits until a node's kubelet has said after a moment that it is Ready: what it said before it was away may still stand.
 * It goes on when the case is ended, as clean-up waits too.
 */
export async function untilNodeBack(run: CaseRun, node: string, since: number): Promise<void> {
  const wait = { ...waitFor(run, "nodeReady", `node ${node} to be Ready again`), signal: undefined };
  await untilObject(run.kube, { resource: resources.nodes, name: node }, wait, (found) =>
    found !== undefined && isNodeReady(found) && isNotBefore(nodeHeartbeat(found), since)
      ? { done: true, value: undefined }
      : { done: false, seen: describeNodeReady(found) },
  );
}
