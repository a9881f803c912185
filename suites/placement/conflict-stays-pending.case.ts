// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };

export default defineCase(
  {
    title: "A pod kept from its disk's node stays Pending for the volume's sake, and runs there when it may",
    covers: ["topo/conflict", "topo/then-pod-follows"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 1, nodeExec: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, place, backEnd }) => {
    const { claim, first } = await step("arrange", "a pod has written to its delayed volume", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed" });
      const first = await pods.start({ name: "first", claim });
      await data.writeBlocks(first, contents);
      return { claim, first };
    });
    const near = place.reach(nodes.named(first.node)).map(({ name }) => name);
    const { blockers, before } = await step(
      "arrange",
      "other pods take its place on each node there",
      async () => {
        await pods.delete(first);
        const blockers = await Promise.all(near.map((on) => pods.start({ name: `blocker-${on}`, on })));
        return { blockers, before: await backEnd.list() };
      },
    );

    const kept = await step(
      "assert",
      "a pod that shuns them cannot be placed, and nothing is made for it",
      async () => {
        const kept = await pods.create({ name: "kept", claim, apartFrom: blockers });
        await pods.staysPending(kept, "volume-affinity");
        await backEnd.nothingUnknownSince(before);
        return kept;
      },
    );

    await step("act", "the other pods go", () => Promise.all(blockers.map((pod) => pods.delete(pod))));

    await step(
      "assert",
      "the pod runs where the disk is, with its data",
      async () => {
        const pod = await pods.untilReady(kept.name);
        check.isOneOf("The pod is on a node that reaches the disk", pod.node, near);
        await place.agrees({ pod, claim, binding: "delayed" });
        await data.expectBlocks(pod, contents);
      },
      "topo/then-pod-follows",
    );
  },
);
