// SPDX-License-Identifier: Apache-2.0
import { misplace } from "../misplacing.ts";
import type { Mutant } from "../mutant.ts";

/** Two volumes for one node so close together are taken for those of one pod. */
const TOGETHER_MS = 5_000;

/** Like a driver that balances volumes over nodes one by one: of those asked for a node at the same time only the first gets there. */
export const mutant: Mutant = {
  slug: "second-volume-elsewhere",
  title: "Of several volumes asked for one node at the same time, only the first is cut there",
  breaks: ["topo/joint", "topo/disk-follows-pod"],
  caughtBy: ["placement/volumes-of-a-pod-together"],
  wrap: (services) => {
    const lastAsked = new Map<string, number>();
    return misplace(services, (node) => {
      const before = lastAsked.get(node) ?? 0;
      lastAsked.set(node, Date.now());
      return Date.now() - before < TOGETHER_MS;
    });
  },
};
