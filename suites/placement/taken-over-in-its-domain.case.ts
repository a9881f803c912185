// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };
const replica = "ship-0";

export default defineCase(
  {
    title:
      "A replica drained from its node is taken over, with its data, by another node that reaches its disk",
    covers: ["topo/outage"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 1, sharedBy: 2, nodeExec: true, alone: true },
    cost: { typicalSeconds: 30, limitSeconds: 400, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, statefulSets, pods, data, place, maintenance, backEnd }) => {
    const { set, first } = await step("arrange", "a replica has written to its disk", async () => {
      const set = await statefulSets.create({
        name: "ship",
        template: "hold",
        class: "delayed",
        replicas: 1,
        apartBy: "kubernetes.io/hostname",
      });
      const first = await pods.untilReady(replica);
      await data.writeBlocks(first, contents);
      return { set, first };
    });
    const claim = await claims.named(`${set.template}-${set.name}-0`);
    const home = nodes.named(first.node);
    const before = await step("assert", "pod and disk are in one place", async () => {
      const { handle } = await place.agrees({ pod: first, claim, binding: "delayed" });
      return { handle, held: await backEnd.list() };
    });

    await step("act", "its node is drained", () => maintenance.drain(home));

    const second = await step("assert", "it runs on another node that reaches the disk", async () => {
      const second = await pods.untilReady(replica);
      const others = place.reach(home).map(({ name }) => name);
      check.holds("The node is another one", second.node !== home.name, second.node);
      check.isOneOf("The node reaches the disk", second.node, others);
      return second;
    });

    await step("assert", "it has its own disk, attached there alone, and its data", async () => {
      const { handle } = await place.agrees({ pod: second, claim, binding: "delayed" });
      check.equal("The volume", handle, before.handle);
      await backEnd.nothingUnknownSince(before.held);
      await data.expectBlocks(second, contents);
    });

    await step("assert", "when the node is open again, the pod stays where it is", async () => {
      await maintenance.uncordon([home]);
      const still = await pods.untilReady(replica);
      check.equal("The pod", still.uid, second.uid);
    });
  },
);
