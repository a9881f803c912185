// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "disk", generation: 1, megabytes: 2 };
const log = "log";

export default defineCase(
  {
    title:
      "A volume that several nodes reach follows its pod from one to the next with all that was written, synced or not",
    covers: ["topo/pod-follows-disk", "topo/pv-affinity"],
    features: ["dynamic-provisioning", "immediate-binding", "topology"],
    needs: { nodes: 2, zones: 1, sharedBy: 2 },
    cost: { typicalSeconds: 40, limitSeconds: 420, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, files, place }) => {
    const claim = await step("act", "a disk is made before any pod exists", async () => {
      const claim = await claims.create({ name: "disk", class: "immediate" });
      await claims.untilBound(claim);
      return claim;
    });
    const agreed = { claim, binding: "immediate" } as const;

    let pod = await step("act", "a pod writes to it, on a node that reaches it", async () => {
      const pod = await pods.start({ name: "pod-0", claim });
      await place.agrees({ pod, ...agreed });
      await data.writeBlocks(pod, contents);
      await files.write(pod, log, "visit 0");
      return pod;
    });
    const first = pod.node;
    const others = place.reach(nodes.named(first)).flatMap(({ name }) => (name === first ? [] : name));

    // Round the nodes and back to the first.
    for (const [n, on] of [...others, first].entries()) {
      const visit = `visit ${String(n + 1)}`;
      pod = await step("assert", `the pod goes on to another node and finds it all: ${visit}`, async () => {
        await files.overwrite(pod, log, visit);
        await pods.delete(pod);
        const next = await pods.start({ name: `pod-${String(n + 1)}`, claim, on });
        check.equal("The pod is on the other node", next.node, on);
        await place.agrees({ pod: next, ...agreed });
        await data.expectBlocks(next, contents);
        check.equal("What its predecessor wrote and did not sync", await files.read(next, log), visit);
        return next;
      });
    }
  },
);
