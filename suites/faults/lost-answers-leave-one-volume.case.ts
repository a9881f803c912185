// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "disk", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "Calls whose answer is lost, that fail on the way or arrive twice end with one volume for the claim, and with none after it",
    covers: ["life/idempotent", "life/reclaim"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, sockets: true, alone: true },
    cost: { typicalSeconds: 45, limitSeconds: 600, volumes: 3, megabytes: 96 },
  },
  async ({ step, check, claims, pods, data, volumes, backEnd, faults }) => {
    const relay = await step("arrange", "a relay stands between the sidecars and the driver", () =>
      faults.relay(),
    );
    const before = await step("arrange", "the back end is listed", () => backEnd.list());

    const use = async (name: string) => {
      const claim = await claims.create({ name, class: "delayed", megabytes });
      const pod = await pods.start({ name, claim });
      await data.writeBlocks(pod, { ...contents, owner: name });
      await data.expectBlocks(pod, { ...contents, owner: name });
      return { pod, claim, volume: await volumes.of(claim) };
    };

    const used = await step(
      "act",
      "the answer to CreateVolume is lost, then one fails, then one is doubled",
      async () => {
        await relay.rules([
          { method: "CreateVolume", action: "lose-answer", times: 1 },
          { method: "CreateVolume", action: "fail", times: 1 },
        ]);
        const first = await use("lost");
        await relay.rules([{ method: "CreateVolume", action: "duplicate", times: 1 }]);
        const second = await use("doubled");
        return [first, second];
      },
    );

    await step("assert", "the relay did it, and the back end holds one volume for each claim", async () => {
      const actions = (await relay.calls())
        .filter(({ method }) => method === "CreateVolume")
        .map((call) => call.action);
      for (const action of ["lose-answer", "fail", "duplicate"])
        check.includes("What was done to CreateVolume", actions, action);
      await backEnd.nothingUnknownSince(before);
    });

    await step(
      "act",
      "the answer to DeleteVolume is lost, and one is doubled",
      async () => {
        await relay.rules([
          { method: "DeleteVolume", action: "lose-answer", times: 1 },
          { method: "DeleteVolume", action: "duplicate", times: 1 },
        ]);
        for (const { pod, claim, volume } of used) {
          await pods.delete(pod);
          await claims.remove(claim);
          await volumes.untilGone(volume);
        }
      },
      "life/reclaim",
    );

    await step(
      "assert",
      "the back end has given the volumes up",
      async () => {
        const held = (await backEnd.list()).map(({ id }) => id);
        const left = used.map(({ volume }) => volume.handle).filter((handle) => held.includes(handle));
        check.sameSet("Volumes of deleted claims", left, []);
      },
      "life/reclaim",
    );
  },
);
