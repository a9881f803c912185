// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };

export default defineCase(
  {
    title:
      "A ReadWriteOnce volume is attached to one node; a second that reaches it is refused until the first is done",
    covers: ["topo/exclusive"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "attachment"],
    needs: { nodes: 2, zones: 1, sharedBy: 2, nodeExec: true, sockets: true },
    cost: { typicalSeconds: 45, limitSeconds: 400, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, place, csi }) => {
    const { claim, writer } = await step("arrange", "a pod writes to its volume", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed" });
      const writer = await pods.start({ name: "writer", claim });
      await data.writeBlocks(writer, contents);
      return { claim, writer };
    });
    const near = place.reach(nodes.named(writer.node)).map(({ name }) => name);
    const other = near.find((name) => name !== writer.node) ?? "";
    const { stage } = await csi.published(writer, claim);
    const { volumeId, volumeCapability } = stage;

    /** The controller is asked for an attachment to a node that must not have one. */
    const isRefused = async (nodeId: string): Promise<void> => {
      const request = {
        volumeId,
        nodeId,
        volumeCapability,
        readonly: false,
        volumeContext: stage["volumeContext"],
      };
      const [answer] = await csi.controller("ControllerPublishVolume", request);
      check.equal("ControllerPublishVolume for a second node", answer?.code, "FAILED_PRECONDITION");
    };

    const heir = await step("act", "a pod of another node that reaches the volume asks for it", () =>
      pods.create({ name: "heir", claim, on: other }),
    );

    await step("assert", "the driver attaches it there neither by controller nor by node", async () => {
      await isRefused(other);
      const [staged] = await csi.node(other, "NodeStageVolume", stage);
      check.holds("NodeStageVolume on the second node fails", staged?.code !== "OK", "it succeeded");
    });

    await step("assert", "the volume is still attached to the first node alone, with its data", async () => {
      await place.agrees({ pod: writer, claim, binding: "delayed" });
      await data.expectBlocks(writer, contents);
    });

    const running = await step("act", "the first pod ends, and the other one runs", async () => {
      await pods.delete(writer);
      return pods.untilReady(heir.name);
    });

    await step("assert", "the volume is attached to the second node alone, with its data", async () => {
      check.equal("The pod is on the second node", running.node, other);
      await place.agrees({ pod: running, claim, binding: "delayed" });
      await data.expectBlocks(running, contents);
      await isRefused(writer.node);
    });
  },
);
