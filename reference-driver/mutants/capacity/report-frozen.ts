// SPDX-License-Identifier: Apache-2.0
import type { PoolUsage } from "../../src/store/volume-store.ts";
import type { Mutant } from "../mutant.ts";

/** Pools are looked at when the driver starts and never again; the heart goes on beating. */
export const mutant: Mutant = {
  slug: "report-frozen",
  title: "NodeLocalStorage keeps the figures and volumes of the moment the driver started",
  breaks: ["local/manager"],
  caughtBy: ["capacity/node-local-storage"],
  wrap: (services) => ({
    ...services,
    openStore: async (options) => {
      const good = await services.openStore(options);
      let first: Promise<PoolUsage[]> | undefined;
      return { ...good, pools: () => (first ??= good.pools()) };
    },
  }),
};
