// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "ledger", generation: 1, megabytes: 40 };
const megabytes = 64;
const half = (megabytes / 2) * 2 ** 20;

export default defineCase(
  {
    title: "Neither a claim nor a call to the driver makes a volume smaller",
    covers: ["life/expand"],
    features: ["dynamic-provisioning", "delayed-binding", "expand"],
    needs: { nodes: 1, zones: 1, sockets: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, classes, claims, pods, data, growth, csi }) => {
    const { claim, pod, volumeId } = await step(
      "arrange",
      "a pod uses a volume that is half full",
      async () => {
        const growing = await classes.derive({ name: "growing", of: "delayed", allowVolumeExpansion: true });
        const claim = await claims.create({ name: "ledger", class: growing, megabytes });
        const pod = await pods.start({ name: "pod", claim });
        await data.writeBlocks(pod, contents);
        return { claim, pod, volumeId: await claims.volumeHandle(claim) };
      },
    );
    const size = await data.size(pod);

    await step("act", "the claim asks for half the size", () => growth.refusesLess(claim, megabytes / 2));

    await step("act", "the driver is asked for a volume of half the size at most", async () => {
      const capacityRange = { requiredBytes: half, limitBytes: half };
      const [answer] = await csi.controller("ControllerExpandVolume", { volumeId, capacityRange });
      check.equal("What is asked for cannot be had", answer?.code, "OUT_OF_RANGE");
    });

    await step("act", "the driver is asked for half the size at least, which the volume has", async () => {
      const capacityRange = { requiredBytes: half };
      const [answer] = await csi.controller("ControllerExpandVolume", { volumeId, capacityRange });
      check.equal("What is asked for is there", answer?.code, "OK");
      const bytes = Number(answer?.response["capacityBytes"]);
      check.holds("The answer has the present size", bytes >= 2 * half, `${String(bytes)} bytes`);
    });

    await step("assert", "the pod has the size and the data that it had", async () => {
      check.equal("The size in the pod", (await data.size(pod)).bytes, size.bytes);
      await data.expectBlocks(pod, contents);
    });
  },
);
