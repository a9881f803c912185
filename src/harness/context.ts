// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta, FullContext } from "../catalogue/case.ts";
import type { CaseRun } from "./case-run.ts";
import { grantBackEnd } from "./grants/back-end.ts";
import { check } from "./grants/check.ts";
import { grantCapacity } from "./grants/capacity.ts";
import { grantClaims } from "./grants/claims.ts";
import { grantClasses } from "./grants/classes.ts";
import { grantCsiCalls } from "./grants/csi-calls.ts";
import { grantData } from "./grants/data.ts";
import { grantLocalStorage } from "./grants/local-storage.ts";
import { grantGroupSnapshots } from "./grants/group-snapshots.ts";
import { grantMaintenance } from "./grants/maintenance.ts";
import { grantFaults } from "./grants/faults.ts";
import { grantFiles } from "./grants/files.ts";
import { grantNodes } from "./grants/nodes.ts";
import { grantPlace } from "./grants/place.ts";
import { grantPods } from "./grants/pods.ts";
import { grantPools } from "./grants/pools.ts";
import { grantRecordLogs } from "./grants/record-logs.ts";
import { grantSnapshots } from "./grants/snapshots.ts";
import { grantStatefulSets } from "./grants/stateful-sets.ts";
import { grantVolumes } from "./grants/volumes.ts";

/** What the type of the context promises is also true at run time: a grant not declared is not there. */
export function buildContext(run: CaseRun): FullContext {
  const full: FullContext = {
    step: (phase, title, body, requirement) => run.steps.step(phase, title, body, requirement),
    check,
    nodes: grantNodes(run),
    pods: grantPods(run),
    data: grantData(run),
    classes: grantClasses(run),
    logs: grantRecordLogs(run),
    claims: grantClaims(run),
    statefulSets: grantStatefulSets(run),
    snapshots: grantSnapshots(run),
    groups: grantGroupSnapshots(run),
    place: grantPlace(run),
    backEnd: grantBackEnd(run),
    maintenance: grantMaintenance(run),
    csi: grantCsiCalls(run),
    faults: grantFaults(run),
    files: grantFiles(run),
    volumes: grantVolumes(run),
    pools: grantPools(run),
    localStorage: grantLocalStorage(run),
    capacity: grantCapacity(run),
  };
  const withheld = undeclared(run.meta);
  return Object.fromEntries(
    Object.entries(full).filter(([name]) => !withheld.includes(name)),
  ) as unknown as FullContext;
}

function undeclared({ features, needs }: CaseMeta): string[] {
  const withheld: string[] = [];
  if (!features.includes("snapshot")) withheld.push("snapshots");
  if (!features.includes("group-snapshot")) withheld.push("groups");
  if (!features.includes("topology")) withheld.push("place");
  if (needs.nodeExec !== true) withheld.push("backEnd");
  if (needs.alone !== true) withheld.push("maintenance", "faults");
  if (needs.sockets !== true) withheld.push("csi");
  if (needs.pools !== true) withheld.push("pools");
  if (!features.includes("node-local-storage")) withheld.push("localStorage");
  if (!features.includes("capacity-objects")) withheld.push("capacity");
  return withheld;
}
