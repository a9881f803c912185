// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabyte = 2 ** 20;
const [small, large] = [32, 64];
const contentsOf = (owner: string) => ({ owner, generation: 1, megabytes: 4 });
/** More than the volume held before it grew. */
const moreOf = (owner: string) => ({ owner, generation: 2, megabytes: small + 8 });
/** What a file system may keep for its own journal and tables, of its size. */
const overhead = 0.3;

export default defineCase(
  {
    title:
      "A volume that no pod uses grows with its claim, mounted or block, and the next pod finds new size and old data",
    covers: ["life/expand"],
    features: ["dynamic-provisioning", "delayed-binding", "expand", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 35, limitSeconds: 360, volumes: 2, megabytes: 2 * large },
  },
  async ({ step, check, classes, claims, pods, data, growth }) => {
    const idle = await step(
      "arrange",
      "a volume of either mode holds data, and its pod is gone",
      async () => {
        const growing = await classes.derive({ name: "growing", of: "delayed", allowVolumeExpansion: true });
        return Promise.all(
          (["Filesystem", "Block"] as const).map(async (mode) => {
            const name = mode.toLowerCase();
            const claim = await claims.create({ name, class: growing, mode, megabytes: small });
            const pod = await pods.start({ name: `first-${name}`, claim });
            await data.writeBlocks(pod, contentsOf(name));
            await pods.delete(pod);
            return { mode, name, claim, node: pod.node };
          }),
        );
      },
    );

    const grown = await step("act", "the claims ask for twice the size, then pods use them", () =>
      Promise.all(
        idle.map(async ({ mode, name, claim, node }) => {
          await growth.ask(claim, large);
          // A file system has to wait for a node that mounts it.
          await (mode === "Block" ? growth.untilDone(claim, large) : growth.untilFileSystemWaits(claim));
          const pod = await pods.start({ name: `next-${name}`, claim });
          await growth.untilDone(claim, large);
          check.equal(`The node of pod ${pod.name}`, pod.node, node);
          return { name, pod };
        }),
      ),
    );

    await step("assert", "the pods measure the new size", async () => {
      for (const { pod } of grown) {
        const { kind, bytes } = await data.size(pod);
        const least = large * megabyte * (kind === "device" ? 1 : 1 - overhead);
        check.atLeast(`The ${kind} has grown`, bytes, least);
      }
    });

    await step("assert", "the data is unharmed, and what was added can be used", () =>
      Promise.all(
        grown.map(async ({ name, pod }) => {
          await data.expectBlocks(pod, contentsOf(name));
          await data.writeBlocks(pod, moreOf(name));
          await data.expectBlocks(pod, moreOf(name));
        }),
      ),
    );
  },
);
