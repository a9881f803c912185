// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 64;

export default defineCase(
  {
    title:
      "A pod is admitted only to a node with room for all its claims together, and to no node when none has it",
    covers: ["local/scheduler", "topo/joint"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "capacity-objects", "joint-capacity"],
    needs: { nodes: 2, zones: 1, domains: 2, pools: true, nodeExec: true, alone: true },
    cost: { typicalSeconds: 35, limitSeconds: 300, volumes: 4, megabytes: 4 * megabytes },
  },
  async ({ step, check, nodes, classes, claims, pods, place, pools, capacity }) => {
    const [tight] = nodes.workers;
    const roomy = nodes.workers.find((node) => tight && !place.reach(tight).includes(node));
    if (tight === undefined || roomy === undefined) return;
    const on = (name: string, ...hosts: readonly (typeof tight)[]) =>
      classes.derive({
        name,
        of: "delayed",
        allowedTopologies: place.terms(hosts),
      });
    const pairOf = (name: string, of: Awaited<ReturnType<typeof on>>) =>
      Promise.all(
        ["left", "right"].map((side) => claims.create({ name: `${name}-${side}`, class: of, megabytes })),
      );

    const [alone, both] = await step("arrange", "a node has room for one of two volumes", async () => {
      const made = await Promise.all([on("alone", tight), on("both", tight, roomy)]);
      await pools.leave(tight, megabytes + 32);
      return made;
    });
    await step("assert", "the scheduler is told so", () =>
      Promise.all([alone, both].map((one) => capacity.untilTrue(one, tight))),
    );
    const waiting = await step(
      "assert",
      "a pod that asks for two there stays Pending, and neither is cut",
      async () => {
        const pair = await pairOf("waiting", alone);
        await Promise.all(pair.map((claim) => claims.staysUnprovisioned(claim)));
        const [left, ...right] = pair;
        const pod = await pods.create({ name: "waiting", ...(left && { claim: left }), also: right });
        await pods.staysPending(pod, "no-room");
        await Promise.all(pair.map((claim) => claims.staysUnprovisioned(claim)));
        return pod;
      },
    );

    await step(
      "assert",
      "one that may go elsewhere goes there with both, though it prefers this node",
      async () => {
        const [left, ...right] = await pairOf("moving", both);
        if (left === undefined) return;
        const pod = await pods.start({ name: "moving", claim: left, also: right, prefers: tight.name });
        check.equal("The pod is on the node that has room for both", pod.node, roomy.name);
        await Promise.all([left, ...right].map((claim) => place.agrees({ pod, claim, binding: "delayed" })));
      },
    );

    await step("act", "the first node gets room for both", () => pools.leave(tight, 4 * megabytes));

    await step("assert", "the pod that waited runs there", async () => {
      const pod = await pods.untilReady(waiting.name);
      check.equal("The pod is on the node it waited for", pod.node, tight.name);
    });
  },
);
