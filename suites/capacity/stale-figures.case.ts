// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

export default defineCase(
  {
    title:
      "A pod sent to a node whose space is gone since it was reported is sent on, and leaves nothing there",
    covers: ["local/stale"],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "capacity-objects"],
    needs: { nodes: 2, zones: 1, domains: 2, pools: true, nodeExec: true, alone: true },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, classes, claims, pods, place, pools, capacity, backEnd }) => {
    const [full] = nodes.workers;
    const roomy = nodes.workers.find((node) => full && !place.reach(full).includes(node));
    if (full === undefined || roomy === undefined) return;

    const pair = await step("arrange", "the preferred node's figures are fresh", async () => {
      const pair = await classes.derive({
        name: "pair",
        of: "delayed",
        allowedTopologies: place.terms([full, roomy]),
      });
      await pools.leave(full, 512);
      await capacity.untilTrue(pair, full);
      return pair;
    });
    const before = await step("arrange", "list what the back end holds", () => backEnd.list());

    const { claim, created } = await step(
      "act",
      "its space goes, and a pod is created that prefers it",
      async () => {
        const claim = await claims.create({ name: "disk", class: pair });
        await pools.leave(full, 0);
        return { claim, created: await pods.create({ name: "pod", claim, prefers: full.name }) };
      },
    );

    await step("assert", "the driver says that there is no room", () =>
      claims.untilWarned(claim, /ResourceExhausted/),
    );

    await step("assert", "the pod runs on the other node, with its volume", async () => {
      const pod = await pods.untilReady(created.name);
      const withRoom = place.reach(roomy).map(({ name }) => name);
      check.isOneOf("The pod is on a node whose pool has room", pod.node, withRoom);
      await place.agrees({ pod, claim, binding: "delayed" });
    });

    await step("assert", "nothing was left on the first node", () => backEnd.nothingUnknownSince(before));
  },
);
