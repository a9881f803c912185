// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 2 };
const idle = { owner: "idle", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A node that loses its power and gets it back brings its volumes back by itself, those in use and those that were not",
    covers: ["fault/node-restart"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true, nodePower: true, alone: true },
    cost: { typicalSeconds: 75, limitSeconds: 600, volumes: 3, megabytes: 96 },
  },
  async ({ step, check, nodes, claims, pods, data, backEnd, power }) => {
    const home = nodes.workers.at(-1)?.name ?? "";
    const use = async (name: string, written: typeof contents) => {
      const claim = await claims.create({ name, class: "delayed", megabytes: 32 });
      const pod = await pods.start({ name: `${name}-1`, claim, on: home });
      await data.writeBlocks(pod, written);
      return { claim, pod };
    };
    const [{ claim, pod }, resting] = await step(
      "arrange",
      "a pod uses a volume of the node, and another volume there is idle",
      async () => {
        const [used, other] = await Promise.all([use("disk", contents), use("idle", idle)]);
        await pods.delete(other.pod);
        return [used, other] as const;
      },
    );
    const held = await backEnd.list();

    await step("act", "the node's power is cut and comes back", async () => {
      await power.cut(home);
      await power.restore(home);
    });

    await step("assert", "the pod runs again without anyone's help and has its data", async () => {
      await power.untilRunsAgain(pod);
      await data.expectBlocks(pod, contents);
      await data.writeBlocks(pod, { ...contents, generation: 2 });
    });
    await step("assert", "the back end holds what it held", async () => {
      const ids = (await backEnd.list()).map(({ id }) => id);
      for (const { id } of held) check.includes("Volumes after the restart", ids, id);
    });
    await step("assert", "the idle volume has its data, and a new one can be made", async () => {
      const later = await pods.start({ name: "later", claim: resting.claim });
      await data.expectBlocks(later, idle);
      await use("new", { ...contents, owner: "new" });
    });
    await step("assert", "the next pod reads what was written after the restart", async () => {
      await pods.delete(pod);
      const next = await pods.start({ name: "next", claim });
      await data.expectBlocks(next, { ...contents, generation: 2 });
    });
  },
);
