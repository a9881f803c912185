// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta, CaseNeeds, FullContext } from "../catalogue/case.ts";
import type { Feature } from "../catalogue/features.ts";
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
import { grantGrowth } from "./grants/growth.ts";
import { grantLimits } from "./grants/limits.ts";
import { grantMaintenance } from "./grants/maintenance.ts";
import { grantFaults } from "./grants/faults.ts";
import { grantFiles } from "./grants/files.ts";
import { grantFileSystems } from "./grants/file-systems.ts";
import { grantNodes } from "./grants/nodes.ts";
import { grantPlace } from "./grants/place.ts";
import { grantPods } from "./grants/pods.ts";
import { grantPools } from "./grants/pools.ts";
import { grantPower } from "./grants/power.ts";
import { grantRecordLogs } from "./grants/record-logs.ts";
import { grantSnapshots } from "./grants/snapshots.ts";
import { grantStatefulSets } from "./grants/stateful-sets.ts";
import { grantStaticDisks } from "./grants/static-disks.ts";
import { grantStats } from "./grants/stats.ts";
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
    growth: grantGrowth(run),
    limits: grantLimits(run),
    stats: grantStats(run),
    staticDisks: grantStaticDisks(run),
    place: grantPlace(run),
    backEnd: grantBackEnd(run),
    maintenance: grantMaintenance(run),
    csi: grantCsiCalls(run),
    faults: grantFaults(run),
    power: grantPower(run),
    fileSystems: grantFileSystems(run),
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

/** Grants that a feature opens. */
const grantOfFeature: readonly (readonly [Feature, keyof FullContext])[] = [
  ["snapshot", "snapshots"],
  ["group-snapshot", "groups"],
  ["topology", "place"],
  ["expand", "growth"],
  ["volume-limits", "limits"],
  ["volume-stats", "stats"],
  ["static-local-volumes", "staticDisks"],
  ["node-local-storage", "localStorage"],
  ["capacity-objects", "capacity"],
];

/** Grants that a need opens. */
const grantOfNeed: readonly (readonly [keyof CaseNeeds, keyof FullContext])[] = [
  ["nodeExec", "backEnd"],
  ["alone", "maintenance"],
  ["alone", "faults"],
  ["sockets", "csi"],
  ["pools", "pools"],
  ["nodePower", "power"],
  ["fileSystemShutdown", "fileSystems"],
];

function undeclared({ features, needs }: CaseMeta): string[] {
  return [
    ...grantOfFeature.filter(([feature]) => !features.includes(feature)),
    ...grantOfNeed.filter(([need]) => needs[need] !== true),
  ].map(([, grant]) => grant);
}
