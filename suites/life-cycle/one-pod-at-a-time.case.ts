// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "diary", generation: 1, megabytes: 2 };
const megabytes = 32;

export default defineCase(
  {
    title:
      "A ReadWriteOncePod volume has one pod: the next waits for it to end, and the driver publishes it nowhere else",
    covers: ["life/access-modes", "topo/exclusive"],
    features: ["dynamic-provisioning", "delayed-binding", "single-pod-access"],
    needs: { nodes: 1, zones: 1, sockets: true },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data, csi }) => {
    const { claim, owner } = await step("act", "a pod writes to a ReadWriteOncePod volume", async () => {
      const accessMode = "ReadWriteOncePod";
      const claim = await claims.create({ name: "diary", class: "delayed", accessMode, megabytes });
      const owner = await pods.start({ name: "owner", claim });
      await data.writeBlocks(owner, contents);
      return { claim, owner };
    });
    const heir = await step(
      "assert",
      "a second pod stays Pending, though its node is free to choose",
      async () => {
        const heir = await pods.create({ name: "heir", claim });
        await pods.staysPending(heir, "claim-in-use");
        return heir;
      },
    );
    await step(
      "assert",
      "the driver refuses to publish the volume at a second path of the node",
      async () => {
        const { publish, targetPath, unpublish } = await csi.published(owner, claim);
        const elsewhere = { targetPath: `${targetPath}-of-another` };
        const [again] = await csi.node(owner.node, "NodePublishVolume", publish);
        check.equal("Published again at the same path", again?.code, "OK");
        const [second] = await csi.node(owner.node, "NodePublishVolume", { ...publish, ...elsewhere });
        await csi.node(owner.node, "NodeUnpublishVolume", { ...unpublish, ...elsewhere });
        check.equal("Published at a second path", second?.code, "FAILED_PRECONDITION");
      },
    );
    await step("assert", "the second pod runs when the first is gone, with its data", async () => {
      await pods.delete(owner);
      await data.expectBlocks(await pods.untilReady(heir.name), contents);
    });
  },
);
