// SPDX-License-Identifier: Apache-2.0
import type { BackEnd } from "../../src/back-end/back-end.ts";
import type { Mutant } from "../mutant.ts";

/** Like a driver that reserves a second copy for a fail-over nobody asked for. */
export const mutant: Mutant = {
  slug: "cuts-a-twin",
  title: "Each volume is cut on the selected node and a twin of it on another node",
  breaks: ["local/selected-node"],
  caughtBy: ["placement/disk-follows-pod"],
  wrap: (services) => ({
    ...services,
    createClusterBackEnd: (parts) => withTwins(services.createClusterBackEnd(parts)),
  }),
};

const twinOf = (id: string): string => `${id}-twin`;

function withTwins(good: BackEnd): BackEnd {
  return {
    ...good,
    create: async (node, spec) => {
      const made = await good.create(node, spec);
      const other = (await good.sites()).find(
        (site) =>
          site.node !== node && site.poolClass === spec.poolClass && site.largestVolumeBytes >= spec.bytes,
      );
      if (spec.source === undefined && other !== undefined)
        await good.create(other.node, { ...spec, id: twinOf(spec.id) });
      return made;
    },
    delete: async (id) => {
      await good.delete(twinOf(id));
      await good.delete(id);
    },
    list: async () => (await good.list()).filter(({ id }) => !id.endsWith("-twin")),
  };
}
