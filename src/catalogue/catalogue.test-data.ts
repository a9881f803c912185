// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta } from "./case.ts";
import type { MutantInfo } from "./mutant.ts";
import type { Requirement } from "./requirements.ts";

export function sampleMeta(changes: Partial<CaseMeta> = {}): CaseMeta {
  return {
    title: "A volume restored from a snapshot holds the data of its moment",
    covers: ["snap/point-in-time"],
    features: ["dynamic-provisioning", "snapshot"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 120, volumes: 2, megabytes: 128 },
    ...changes,
  };
}

export function sampleRequirement(id: string): Requirement {
  return {
    id,
    title: `Title of ${id}`,
    text: `Text of ${id}.`,
    sources: ["S"],
    area: "snapshot",
    areaTitle: "Snapshot",
  };
}

export function sampleMutant(changes: Partial<MutantInfo> = {}): MutantInfo {
  return {
    slug: "restores-nothing",
    title: "A restore is empty",
    breaks: ["snap/point-in-time"],
    caughtBy: ["snapshot/restores"],
    ...changes,
  };
}
