// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 8 };
const megabyte = 2 ** 20;
const [small, large] = [64, 128];
// Inodes, journal and bitmaps of ext4 take less than this part.
const usablePart = 0.75;

export default defineCase(
  {
    title:
      "A restore into a larger claim grows with its data; one into a smaller claim is refused with an event",
    covers: ["snap/size"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 35, limitSeconds: 300, volumes: 4, megabytes: 512 },
  },
  async ({ step, check, claims, pods, data, snapshots }) => {
    const prepare = async (mode: "Filesystem" | "Block") => {
      const name = mode.toLowerCase();
      const source = await claims.create({ name, class: "delayed", mode, megabytes: small });
      const writer = await pods.start({ name: `writer-${name}`, claim: source });
      await data.writeBlocks(writer, contents);
      const moment = await snapshots.untilReady(await snapshots.take({ name, of: source }));
      return { mode, name, writer, moment };
    };
    const sources = await step("arrange", "a mounted and a block volume have a snapshot each", () =>
      Promise.all([prepare("Filesystem"), prepare("Block")]),
    );

    const grown = await step("act", "each is restored into a claim of twice the size", () =>
      Promise.all(
        sources.map(async ({ mode, name, writer, moment }) => {
          const restored = {
            name: `large-${name}`,
            class: "delayed",
            mode,
            megabytes: large,
            from: moment,
          } as const;
          const claim = await claims.create(restored);
          return pods.start({ name: `reader-${name}`, claim, on: writer.node });
        }),
      ),
    );

    await step("assert", "file system and device have grown", async () => {
      for (const pod of grown) {
        const { kind, bytes } = await data.size(pod);
        const least = large * megabyte * (kind === "device" ? 1 : usablePart);
        check.atLeast(`The ${kind} has the new size`, bytes, least);
      }
    });

    await step("assert", "both hold the source's data", () =>
      Promise.all(grown.map((pod) => data.expectBlocks(pod, contents))),
    );

    const refused = await step("act", "each is restored into a claim of half the size", () =>
      Promise.all(
        sources.map(async ({ mode, name, writer, moment }) => {
          const restored = {
            name: `small-${name}`,
            class: "delayed",
            mode,
            megabytes: small / 2,
            from: moment,
          } as const;
          const claim = await claims.create(restored);
          await pods.create({ name: `never-${name}`, claim, on: writer.node });
          return claim;
        }),
      ),
    );

    await step("assert", "an event names the size, and there is no volume", () =>
      Promise.all(refused.map((claim) => claims.untilRefused(claim, /size|larg|small|less|capacity/i))),
    );
  },
);
