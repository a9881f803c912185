// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = (generation: number) => ({ owner: "source", generation, megabytes: 4 });
const megabyte = 2 ** 20;
const large = 64;
// Inodes, journal and bitmaps of ext4 take less than this part.
const usablePart = 0.75;

export default defineCase(
  {
    title:
      "Clones made at the same time all hold the source's bytes, share nothing with it and may be larger",
    covers: ["snap/clone"],
    features: ["dynamic-provisioning", "delayed-binding", "clone"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 4, megabytes: 160 },
  },
  async ({ step, check, claims, pods, data }) => {
    const { source, writer } = await step(
      "arrange",
      "a volume in use holds the first generation",
      async () => {
        const source = await claims.create({ name: "source", class: "delayed", megabytes: 32 });
        const writer = await pods.start({ name: "writer", claim: source });
        await Promise.all([data.writeBlocks(writer, contents(1)), data.writeTree(writer, contents(1))]);
        return { source, writer };
      },
    );

    const clones = await step("act", "three clones are made at the same time, one of twice the size", () =>
      Promise.all(
        [32, 32, large].map(async (megabytes, number) => {
          const name = `clone-${String(number)}`;
          const claim = await claims.create({ name, class: "delayed", megabytes, from: source });
          return { claim, pod: await pods.start({ name, claim, on: writer.node }) };
        }),
      ),
    );

    await step("assert", "each holds the first generation", () =>
      Promise.all(
        clones.flatMap(({ pod }) => [data.expectBlocks(pod, contents(1)), data.expectTree(pod, contents(1))]),
      ),
    );

    await step("assert", "the larger one has grown", async () => {
      const [bytes = 0] = await Promise.all(
        clones.slice(2).map(async ({ pod }) => (await data.size(pod)).bytes),
      );
      check.holds(
        "The file system has the new size",
        bytes >= large * megabyte * usablePart,
        `${String(bytes)} bytes`,
      );
    });

    await step("assert", "written to, source and clones keep their own bytes", async () => {
      await Promise.all(clones.map(({ pod }, number) => data.writeBlocks(pod, contents(2 + number))));
      await data.expectBlocks(writer, contents(1));
      await data.writeBlocks(writer, contents(9));
      await Promise.all(clones.map(({ pod }, number) => data.expectBlocks(pod, contents(2 + number))));
    });

    await step("assert", "with the source gone the clones hold theirs, mounted anew", async () => {
      await pods.delete(writer);
      await claims.delete(source);
      await claims.untilGone(source);
      const [clone] = clones;
      if (clone === undefined) return;
      await pods.delete(clone.pod);
      const again = await pods.start({ name: "clone-again", claim: clone.claim });
      await data.expectBlocks(again, contents(2));
    });
  },
);
