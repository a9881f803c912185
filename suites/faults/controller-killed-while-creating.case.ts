// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "disk", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A controller plug-in killed between making a volume and answering makes no second one when it is back",
    covers: ["fault/driver-restart"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true, alone: true },
    cost: { typicalSeconds: 45, limitSeconds: 600, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data, backEnd, faults }) => {
    const relay = await step("arrange", "a relay stands between the sidecars and the driver", () =>
      faults.relay(),
    );
    const before = await step("arrange", "the back end is listed", () => backEnd.list());
    const claim = await step("arrange", "there is a claim", () =>
      claims.create({ name: "disk", class: "delayed", megabytes }),
    );
    const pod = await step(
      "act",
      "the driver is killed when it has made the volume and has not answered",
      async () => {
        await relay.rules([{ method: "CreateVolume", action: "hold" }]);
        const created = await pods.create({ name: "pod", claim });
        await relay.untilAnswered("CreateVolume", 1);
        await faults.killController();
        await relay.rules([{ method: "CreateVolume", action: "lose-answer", times: 1 }]);
        await faults.untilRecovered();
        return pods.untilReady(created.name);
      },
    );
    await step("assert", "the claim has a volume that works, and the back end holds no other", async () => {
      await data.writeBlocks(pod, contents);
      await data.expectBlocks(pod, contents);
      await backEnd.nothingUnknownSince(before);
      const answered = (await relay.calls()).filter(({ method }) => method === "CreateVolume");
      check.holds(
        "The driver was asked again after it was killed",
        answered.length > 1,
        String(answered.length),
      );
    });
  },
);
