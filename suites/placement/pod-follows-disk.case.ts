// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const returns = 5;
const contents = { owner: "disk", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A pod is placed where its immediate volume already is, and returns there with its data however busy it is there",
    covers: ["topo/pod-follows-disk", "topo/pv-affinity"],
    features: ["dynamic-provisioning", "immediate-binding", "topology"],
    needs: { nodes: 2, zones: 1, domains: 2, nodeExec: true },
    cost: { typicalSeconds: 40, limitSeconds: 420, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, claims, pods, data, place }) => {
    const { claim, near, names } = await step("act", "a disk is made before any pod exists", async () => {
      const claim = await claims.create({ name: "disk", class: "immediate" });
      await claims.untilBound(claim);
      const near = place.reach(await place.ofDisk(claim));
      return { claim, near, names: near.map(({ name }) => name) };
    });

    await step(
      "arrange",
      "nodes without the disk are emptier: a pod without a disk goes elsewhere",
      async () => {
        await pods.crowd(near);
        const free = await pods.start({ name: "free" });
        check.holds(
          "The scheduler prefers another node for a pod without a disk",
          !names.includes(free.node),
          `it chose ${free.node}`,
        );
      },
    );

    const agreed = { claim, binding: "immediate" } as const;
    let pod = await step("act", "the first pod writes to the disk, where the disk is", async () => {
      const pod = await pods.start({ name: "pod-0", claim });
      await place.agrees({ pod, ...agreed });
      await data.writeBlocks(pod, contents);
      await data.writeTree(pod, contents);
      return pod;
    });

    for (let round = 1; round <= returns; round++) {
      pod = await step(
        "assert",
        `pod ${String(round)} of ${String(returns)} returns to the disk with its data`,
        async () => {
          await pods.delete(pod);
          const next = await pods.start({ name: `pod-${String(round)}`, claim });
          check.isOneOf("The pod is on a node that reaches the disk", next.node, names);
          await Promise.all([
            place.agrees({ pod: next, ...agreed }),
            data.expectBlocks(next, contents),
            data.expectTree(next, contents),
          ]);
          return next;
        },
      );
    }
  },
);
