// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "disk", generation: 1, megabytes: 2 };
const atOnce = 3;

export default defineCase(
  {
    title:
      "Controller and node calls made again, one after another or at once, leave one volume, one mount and its data",
    covers: ["life/idempotent"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true },
    cost: { typicalSeconds: 30, limitSeconds: 400, volumes: 2, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, backEnd, csi }) => {
    const { pod, published } = await step("arrange", "a pod uses a volume that holds data", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed", megabytes });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { pod, published: await csi.published(pod, claim) };
    });

    const repeatOnNode = async (method: string, request: Readonly<Record<string, unknown>>, times = 1) => {
      for (const { code, message } of await csi.node(pod.node, method, request, times))
        check.equal(`${method} succeeds when it is repeated`, `${code} ${message}`.trim(), "OK");
    };

    await step("act", "stage and publish are repeated, one by one and at once", async () => {
      await repeatOnNode("NodeStageVolume", published.stage);
      await repeatOnNode("NodePublishVolume", published.publish);
      await repeatOnNode("NodeStageVolume", published.stage, atOnce);
      await repeatOnNode("NodePublishVolume", published.publish, atOnce);
    });
    await step("assert", "the volume is mounted once for the pod, which has its data", async () => {
      const mounts = await csi.mountsAt(pod.node, published.targetPath);
      check.equal("Mounts at the pod's path", mounts.length, 1);
      await data.expectBlocks(pod, contents);
    });

    const request = await step("arrange", "there is a CreateVolume request", async () => {
      return csi.createVolumeRequest({ name: "twin", megabytes, node: nodes.named(pod.node) });
    });
    const ids = await step(
      "act",
      "the volume is asked for several times at once, and once more",
      async () => {
        const before = await backEnd.list();
        const answers = [
          ...(await csi.controller("CreateVolume", request, atOnce)),
          ...(await csi.controller("CreateVolume", request)),
        ];
        for (const { code, message } of answers)
          // ABORTED is the specification's word for "this is being worked on".
          check.holds(
            "CreateVolume succeeds or says ABORTED",
            /^(OK|ABORTED)$/.test(code),
            `${code} ${message}`,
          );
        const made = answers.flatMap(
          ({ response }) => (response["volume"] as { volumeId: string } | undefined)?.volumeId ?? [],
        );
        await backEnd.nothingUnknownSince(before);
        return made;
      },
    );
    const [id = ""] = ids;
    await step("assert", "all answers name one volume, of which the back end holds one", async () => {
      check.sameSet("The answers name one volume", ids, [id]);
      const held = (await backEnd.list()).filter((item) => item.id === id);
      check.equal("The back end holds it once", held.length, 1);
    });
    await step("assert", "the same name with another size is refused", async () => {
      const larger = { ...request, capacityRange: { requiredBytes: 2 * megabytes * 1024 * 1024 } };
      const [answer] = await csi.controller("CreateVolume", larger);
      check.equal("A volume of this name and another size", answer?.code, "ALREADY_EXISTS");
    });

    await step("act", "its deletion is asked for several times at once, and once more", async () => {
      const answers = [
        ...(await csi.controller("DeleteVolume", { volumeId: id }, atOnce)),
        ...(await csi.controller("DeleteVolume", { volumeId: id })),
      ];
      for (const { code, message } of answers)
        check.holds(
          "DeleteVolume succeeds or says ABORTED",
          /^(OK|ABORTED)$/.test(code),
          `${code} ${message}`,
        );
      const held = (await backEnd.list()).some((item) => item.id === id);
      check.holds("The back end has given it up", !held, "it is still there");
    });

    await step("act", "the pod is deleted, and its unpublish and unstage are repeated", async () => {
      await pods.delete(pod);
      const { stagingTargetPath, volumeId } = published.stage;
      await repeatOnNode("NodeUnpublishVolume", published.unpublish);
      await repeatOnNode("NodeUnstageVolume", { volumeId, stagingTargetPath });
      await repeatOnNode("NodeUnstageVolume", { volumeId, stagingTargetPath });
    });
  },
);
