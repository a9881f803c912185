// SPDX-License-Identifier: Apache-2.0
import type { Limits } from "../../catalogue/context/limits.ts";
import { resources } from "../../kube/resources.ts";
import type { CaseRun } from "../case-run.ts";

export function grantLimits(run: CaseRun): Limits {
  const { name, volumesPerNode } = run.settings.driver;
  return {
    // The profile is refused without it when it claims the feature.
    claimed: volumesPerNode ?? Number.NaN,
    told: async (node) => {
      const { spec } = await run.kube.get(resources.csiNodes, { name: node.name }, run);
      return spec.drivers?.find((driver) => driver.name === name)?.allocatable?.count;
    },
  };
}
