// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 64;

export default defineCase(
  {
    title: "A block volume cut where another one was shows nothing but zeros",
    covers: ["local/clean"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "block-volume", "capacity-objects"],
    needs: { nodes: 1, zones: 1, pools: true, nodeExec: true, alone: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, nodes, classes, claims, pods, data, place, pools, capacity }) => {
    const [home] = nodes.workers;
    if (home === undefined) return;
    const narrow = await step(
      "arrange",
      "a pool has room for one volume: the next one is cut from the same extents",
      async () => {
        const narrow = await classes.derive({
          name: "narrow",
          of: "delayed",
          allowedTopologies: place.terms([home]),
        });
        await pools.leave(home, megabytes);
        await capacity.untilTrue(narrow, home);
        return narrow;
      },
    );

    await step("arrange", "its first owner fills it to the end and gives it back", async () => {
      const claim = await claims.create({ name: "first", class: narrow, megabytes, mode: "Block" });
      const pod = await pods.start({ name: "first", claim });
      await data.writeBlocks(pod, { owner: "first", generation: 1, megabytes });
      await pods.delete(pod);
      await claims.delete(claim);
      await claims.untilGone(claim);
      await capacity.untilTrue(narrow, home);
    });

    await step("assert", "its second owner finds it blank from the first block to the last", async () => {
      const claim = await claims.create({ name: "second", class: narrow, megabytes, mode: "Block" });
      const pod = await pods.start({ name: "second", claim });
      await data.expectBlank(pod);
    });
  },
);
