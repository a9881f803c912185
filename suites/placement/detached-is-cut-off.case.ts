// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };

export default defineCase(
  {
    title:
      "A volume taken from a node under a running pod is written there no more, and the next node has all synced data",
    covers: ["topo/exclusive", "fault/node-gone"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "attachment"],
    needs: { nodes: 2, zones: 1, sharedBy: 2, nodeExec: true, sockets: true },
    cost: { typicalSeconds: 45, limitSeconds: 400, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, files, place, csi }) => {
    const { claim, writer } = await step("arrange", "a pod writes to its volume", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed" });
      const writer = await pods.start({ name: "writer", claim });
      await data.writeBlocks(writer, contents);
      return { claim, writer };
    });
    const near = place.reach(nodes.named(writer.node)).map(({ name }) => name);
    const other = near.find((name) => name !== writer.node) ?? "";
    const { stage } = await csi.published(writer, claim);
    const { volumeId, volumeCapability, volumeContext } = stage;

    // As the attach/detach controller does for a node that is gone (out-of-service taint): nobody unmounts there.
    await step("act", "the volume is detached from its node, and attached to another one", async () => {
      const calls = [
        ["ControllerUnpublishVolume", { volumeId, nodeId: writer.node }],
        ["ControllerPublishVolume", { volumeId, nodeId: other, volumeCapability, volumeContext }],
      ] as const;
      for (const [method, request] of calls) {
        const [answer] = await csi.controller(method, request);
        check.equal(`${method} succeeds`, `${answer?.code ?? ""} ${answer?.message ?? ""}`.trim(), "OK");
      }
    });

    await step("assert", "the pod, which still runs, writes nothing more to it", () =>
      files.isCutOff(writer),
    );

    const heir = await step("act", "the first pod ends, and one of the other node starts", async () => {
      await pods.delete(writer);
      return pods.start({ name: "heir", claim, on: other });
    });

    await step("assert", "the new pod has what was synced, and nothing of what was refused", async () => {
      await place.agrees({ pod: heir, claim, binding: "delayed" });
      await data.expectBlocks(heir, contents);
      const names = await files.names(heir);
      check.holds("The late write is not there", !names.includes("intruder"), names.join(", "));
    });
  },
);
