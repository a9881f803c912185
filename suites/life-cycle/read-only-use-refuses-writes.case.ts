// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "library", generation: 1, megabytes: 2 };
const megabytes = 32;

export default defineCase(
  {
    title:
      "A pod that uses a claim read-only reads all of it and is refused writes, beside a pod that writes",
    covers: ["life/access-modes"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, sockets: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data, files, csi }) => {
    const { claim, writer } = await step("arrange", "a pod wrote to a volume", async () => {
      const claim = await claims.create({ name: "library", class: "delayed", megabytes });
      const writer = await pods.start({ name: "writer", claim });
      await data.writeBlocks(writer, contents);
      return { claim, writer };
    });
    const reader = await step("act", "a second pod of the node uses the claim read-only", () =>
      pods.start({ name: "reader", claim, on: writer.node, manner: { readOnly: true } }),
    );
    await step("assert", "the reader reads the data and is refused writes", async () => {
      await data.expectBlocks(reader, contents);
      await files.refusesWrites(reader);
    });
    await step(
      "assert",
      "it was the driver that mounted it read-only, not the container runtime",
      async () => {
        const { targetPath } = await csi.published(reader, claim);
        // Seen from the driver's own namespace: what the runtime adds is in the container's.
        const mounts = await csi.mountOptionsAt(reader.node, targetPath);
        const isReadOnly = mounts.some((options) => options.includes("ro"));
        const seen = [...new Set(mounts.map((options) => options.join()))].join("; ");
        check.holds("The driver mounted it read-only", isReadOnly, seen);
      },
    );
    await step("assert", "the writer can still write, and the reader sees it", async () => {
      await data.writeBlocks(writer, { ...contents, generation: 2 });
      await data.expectBlocks(reader, { ...contents, generation: 2 });
    });
  },
);
