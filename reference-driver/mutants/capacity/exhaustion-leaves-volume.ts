// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import type { Mutant } from "../mutant.ts";

/** Smallest volume that the driver cuts. */
const LEFTOVER_BYTES = 16 * 1024 ** 2;

/** What was begun before the space ran out is forgotten: on the node that was too full something stays behind. */
export const mutant: Mutant = {
  slug: "exhaustion-leaves-volume",
  title: "A volume that did not fit leaves a logical volume behind",
  breaks: ["local/stale"],
  caughtBy: ["capacity/stale-figures"],
  wrap: (services) => ({
    ...services,
    createClusterBackEnd: (parts) => {
      const good = services.createClusterBackEnd(parts);
      const leftoverOf = (id: string): string => `${id}-rest`;
      return {
        ...good,
        create: async (node, spec) => {
          try {
            return await good.create(node, spec);
          } catch (error) {
            if (!(error instanceof CsiError) || error.code !== "RESOURCE_EXHAUSTED") throw error;
            const other = (await good.sites()).find((site) => site.node !== node)?.node ?? node;
            await good.create(other, {
              ...spec,
              id: leftoverOf(spec.id),
              bytes: LEFTOVER_BYTES,
              source: undefined,
            });
            throw error;
          }
        },
        delete: async (id) => {
          await good.delete(leftoverOf(id));
          await good.delete(id);
        },
        list: async () => (await good.list()).filter(({ id }) => !id.endsWith("-rest")),
      };
    },
  }),
};
