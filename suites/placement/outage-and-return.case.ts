// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 1 };
const replica = { name: "ship-0", uid: "" };

export default defineCase(
  {
    title:
      "A pod drained from its disk's zone waits while all nodes there are closed, and returns with its data",
    covers: ["topo/outage"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 3, zones: 2, nodeExec: true, alone: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, statefulSets, pods, data, place, maintenance, backEnd }) => {
    const { set, first } = await step("arrange", "a replica has written to its disk", async () => {
      const made = await statefulSets.create({
        name: "ship",
        template: "hold",
        class: "delayed",
        replicas: 1,
        apartBy: "kubernetes.io/hostname",
      });
      const pod = await pods.untilReady(replica.name);
      await data.writeBlocks(pod, contents);
      return { set: made, first: pod };
    });
    const claim = await claims.named(`${set.template}-${set.name}-0`);
    const home = await step("act", "its disk is found", () => place.ofDisk(claim));
    const held = await backEnd.list();

    await step("act", "the zone's nodes are closed and the replica's node is drained", async () => {
      await maintenance.cordon(nodes.workers.filter((node) => node.zone === home.zone));
      await maintenance.drain(nodes.named(first.node));
    });

    await step(
      "assert",
      "the replica stays Pending, no other zone takes it, and nothing is made for it",
      async () => {
        await pods.staysPending(replica, "volume-affinity");
        await backEnd.nothingUnknownSince(held);
      },
    );

    await step("act", "the zone returns", () =>
      maintenance.uncordon(nodes.workers.filter((node) => node.zone === home.zone)),
    );

    await step("assert", "the replica runs with its data, on the disk it had", async () => {
      const pod = await pods.untilReady(replica.name);
      const near = place.reach(home).map(({ name }) => name);
      check.isOneOf("It is on a node that reaches its disk", pod.node, near);
      await place.agrees({ pod, claim, binding: "delayed" });
      await data.expectBlocks(pod, contents);
    });
  },
);
