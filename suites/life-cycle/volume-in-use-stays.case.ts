// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "tenant", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A claim and a volume that are deleted while a pod uses them stay with their data until the pod ends, and go then",
    covers: ["life/protection", "life/reclaim"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, data, volumes, backEnd }) => {
    const { claim, pod, volume } = await step("arrange", "a pod uses a volume that holds data", async () => {
      const claim = await claims.create({ name: "disk", class: "delayed", megabytes });
      const pod = await pods.start({ name: "pod", claim });
      await data.writeBlocks(pod, contents);
      return { claim, pod, volume: await volumes.of(claim) };
    });
    await step("act", "volume and claim are deleted", async () => {
      await volumes.requestDeletion(volume);
      await claims.delete(claim);
    });
    await step("assert", "both are being deleted and still there, and the pod reads and writes", async () => {
      check.equal("The claim", await claims.state(claim), "being deleted");
      check.equal("The volume", await volumes.state(volume), "being deleted");
      await data.expectBlocks(pod, contents);
      await data.writeBlocks(pod, { ...contents, generation: 2 });
      await data.expectBlocks(pod, { ...contents, generation: 2 });
      check.equal("The claim, after the pod has worked", await claims.state(claim), "being deleted");
      check.equal("The volume, after the pod has worked", await volumes.state(volume), "being deleted");
    });
    await step(
      "act",
      "the pod ends: claim, volume and what is behind them go",
      async () => {
        await pods.delete(pod);
        await volumes.untilGone(volume);
        check.equal("The claim", await claims.state(claim), "gone");
        const held = (await backEnd.list()).some(({ id }) => id === volume.handle);
        check.holds("The back end has given the volume up", !held, volume.handle);
      },
      "life/reclaim",
    );
  },
);
