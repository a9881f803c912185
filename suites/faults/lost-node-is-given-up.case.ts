// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 2 };
const replica = { name: "ship-0", uid: "" };

export default defineCase(
  {
    title:
      "A pod of a lost node moves to a node that reaches its volume, and waits for the lost one when there is none",
    covers: ["fault/node-gone"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 1, nodeExec: true, nodePower: true, alone: true },
    cost: { typicalSeconds: 150, limitSeconds: 600, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, statefulSets, pods, data, place, power }) => {
    const { first, claim } = await step("arrange", "a replica has written to its disk", async () => {
      await statefulSets.create({
        name: "ship",
        template: "hold",
        class: "delayed",
        replicas: 1,
        apartBy: "kubernetes.io/hostname",
      });
      const first = await pods.untilReady(replica.name);
      await data.writeBlocks(first, contents);
      return { first, claim: await claims.named("hold-ship-0") };
    });
    const refuges = nodes.besides(nodes.named(first.node)).map(({ name }) => name);

    await step("act", "its node is lost, and given up", async () => {
      await power.cut(first.node);
      await power.untilMissed(first.node);
      await power.giveUp(first.node);
      await pods.untilGone(first);
    });

    if (refuges.length === 0) {
      await step("assert", "the new replica waits: no other node is taken, and nothing is made for it", () =>
        pods.staysPending(replica, "volume-affinity"),
      );
      await step("act", "the node returns", () => power.restore(first.node));
    } else {
      await step("assert", "the new replica runs where the disk can be reached, with its data", async () => {
        const second = await pods.untilReady(replica.name);
        check.isOneOf("The pod is on a node that reaches the disk", second.node, refuges);
        await data.expectBlocks(second, contents);
      });
      await step("act", "the node returns", () => power.restore(first.node));
    }

    await step("assert", "the replica runs with its data, and the disk is in one place", async () => {
      const pod = await pods.untilReady(replica.name);
      await data.expectBlocks(pod, contents);
      await place.agrees({ pod, claim, binding: "delayed" });
      await data.writeBlocks(pod, { ...contents, generation: 2 });
      await data.expectBlocks(pod, { ...contents, generation: 2 });
    });
  },
);
