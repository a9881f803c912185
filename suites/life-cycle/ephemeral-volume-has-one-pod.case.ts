// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contentsOf = (owner: string) => ({ owner, generation: 1, megabytes: 2 });

export default defineCase(
  {
    title:
      "Generic ephemeral volumes are one for each pod, go with their pod, and are empty for the next pod of the same name",
    covers: ["life/ephemeral", "life/reclaim"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 3, megabytes: 96 },
  },
  async ({ step, check, nodes, claims, pods, data, files, volumes, backEnd }) => {
    // Both on one node: a back end that confuses volumes can only do so within one pool.
    const [home] = nodes.workers;
    const nodeSelector = { "kubernetes.io/hostname": home?.labels["kubernetes.io/hostname"] ?? "" };
    const start = async (name: string) => {
      const manner = { ephemeral: { class: "delayed", megabytes } } as const;
      const pod = await pods.start({ name, nodeSelector, manner });
      const volume = await volumes.of(await claims.named(`${name}-data`));
      return { pod, volume };
    };

    const [left, right] = await step("act", "two pods with an ephemeral volume each start at once", () =>
      Promise.all([start("left"), start("right")]),
    );

    await step("assert", "each has a volume of its own", async () => {
      check.holds("The handles differ", left.volume.handle !== right.volume.handle, left.volume.handle);
      check.sameSet("The volume of the second pod is empty", await files.names(right.pod), []);
      await data.writeBlocks(left.pod, contentsOf("left"));
      check.sameSet("It stays empty when the first pod writes", await files.names(right.pod), []);
      await data.writeBlocks(right.pod, contentsOf("right"));
      await data.expectBlocks(left.pod, contentsOf("left"));
    });

    await step("act", "the first pod is deleted, and its volume goes", async () => {
      await pods.delete(left.pod);
      await volumes.untilGone(left.volume);
    });

    await step(
      "assert",
      "the back end has given it up",
      async () => {
        const held = (await backEnd.list()).some(({ id }) => id === left.volume.handle);
        check.holds("The back end does not hold the deleted pod's volume", !held, left.volume.handle);
      },
      "life/reclaim",
    );

    await step(
      "assert",
      "a new pod of the same name starts empty, and the other pod keeps its data",
      async () => {
        const again = await start("left");
        check.sameSet("The new pod's volume is empty", await files.names(again.pod), []);
        await data.expectBlocks(right.pod, contentsOf("right"));
      },
    );
  },
);
