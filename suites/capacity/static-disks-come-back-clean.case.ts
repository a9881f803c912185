// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "tenant", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "What is mounted on a node is offered there as a volume, waits for a pod, and comes back clean for the next one",
    covers: ["local/static"],
    features: ["delayed-binding", "static-local-volumes"],
    needs: { nodes: 2, zones: 1, nodeExec: true },
    // They take no room of the driver's own.
    cost: { typicalSeconds: 40, limitSeconds: 400, volumes: 0, megabytes: 0 },
  },
  async ({ step, check, nodes, claims, pods, data, files, staticDisks }) => {
    const homes = nodes.workers.slice(0, 2);
    const claimOf = (name: string) => claims.create({ name, class: staticDisks.class, megabytes });

    const disks = await step("arrange", "a disk is mounted on either of two nodes", () =>
      Promise.all(homes.map((node, n) => staticDisks.add({ name: `disk-${String(n)}`, node, megabytes }))),
    );
    const offers = await step("assert", "each is offered, with its size, on its node alone", async () => {
      const offers = await Promise.all(disks.map((disk) => staticDisks.untilOffered(disk)));
      for (const [n, { name, bytes, hostnames = [] }] of offers.entries()) {
        const home = homes[n]?.labels["kubernetes.io/hostname"] ?? "";
        check.sameSet(`The hostnames that volume ${name} admits`, hostnames, [home]);
        check.equal(`The size of volume ${name}`, bytes, megabytes * 2 ** 20);
      }
      return offers;
    });
    const claim = await step("assert", "a claim stays without a volume until a pod has a node", async () => {
      const claim = await claimOf("first");
      await claims.staysUnprovisioned(claim);
      return claim;
    });
    const first = await step("act", "a pod of the second node uses the claim, and writes", async () => {
      const first = await pods.start({ name: "first", claim, on: homes[1]?.name ?? "" });
      check.equal("The claim's volume", await staticDisks.volumeOf(claim), offers[1]?.name);
      await data.writeBlocks(first, contents);
      await data.expectBlocks(first, contents);
      return first;
    });
    await step("assert", "a pod that may run anywhere gets the disk that is left, on its node", async () => {
      const other = await claimOf("other");
      const pod = await pods.start({ name: "other", claim: other, among: homes.map(({ name }) => name) });
      check.equal("The node of the other pod", pod.node, homes[0]?.name);
      check.equal("The other claim's volume", await staticDisks.volumeOf(other), offers[0]?.name);
      check.sameSet("The other disk is empty", await files.names(pod), []);
    });
    await step("act", "pod and claim are deleted, and the disk is offered anew", async () => {
      await pods.delete(first);
      await claims.remove(claim);
      const [, disk] = disks;
      if (disk !== undefined) await staticDisks.untilOffered(disk, offers[1]);
    });
    await step("assert", "the next pod finds it empty", async () => {
      const next = await claimOf("next");
      const pod = await pods.start({ name: "next", claim: next });
      check.equal("The node of the next pod", pod.node, homes[1]?.name);
      check.sameSet("The disk is empty", await files.names(pod), []);
      await data.writeBlocks(pod, { ...contents, generation: 2 });
      await data.expectBlocks(pod, { ...contents, generation: 2 });
    });
  },
);
