// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };

export default defineCase(
  {
    title:
      "A ReadWriteOnce volume serves several pods of one node, and none beyond its domain while they run or after",
    covers: ["topo/exclusive"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 1, domains: 2, nodeExec: true },
    cost: { typicalSeconds: 15, limitSeconds: 300, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, place }) => {
    const { claim, writer } = await step("arrange", "a pod writes to its volume", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed" });
      const writer = await pods.start({ name: "writer", claim });
      await data.writeBlocks(writer, contents);
      return { claim, writer };
    });
    const near = place.reach(nodes.named(writer.node));
    const other = nodes.workers.find((node) => !near.includes(node))?.name ?? writer.node;

    const stranger = await step(
      "assert",
      "a second pod shares it on its node, and one that does not reach it stays Pending",
      async () => {
        const [sharer, stranger] = await Promise.all([
          pods.start({ name: "sharer", claim, on: writer.node }),
          pods.create({ name: "stranger", claim, on: other }),
        ]);
        await pods.staysPending(stranger, "volume-affinity");
        await data.expectBlocks(sharer, contents);
        check.equal("Both pods are on one node", sharer.node, writer.node);
        await pods.delete(sharer);
        return stranger;
      },
    );

    await step(
      "assert",
      "with the first pods gone it still waits, and the volume is where it was",
      async () => {
        await pods.delete(writer);
        await pods.staysPending(stranger, "volume-affinity");
        const again = await pods.start({ name: "again", claim });
        await place.agrees({ pod: again, claim, binding: "delayed" });
        await data.expectBlocks(again, contents);
      },
    );
  },
);
