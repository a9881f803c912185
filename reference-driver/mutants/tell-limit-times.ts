// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import { breakNode } from "./break-services.ts";

/** Nodes tell so many times the number of volumes that they can use. */
export function tellLimitTimes(services: Services, factor: number): Services {
  return breakNode(services, (good) => ({
    nodeGetInfo: async () => {
      const info = (await good.nodeGetInfo()) as { maxVolumesPerNode: number };
      return { ...info, maxVolumesPerNode: info.maxVolumesPerNode * factor };
    },
  }));
}
