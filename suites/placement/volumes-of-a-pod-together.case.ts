// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";

export default defineCase(
  {
    title: "A pod with several claims runs only where all its volumes are, and unbound ones are cut there",
    covers: ["topo/joint", "topo/conflict"],
    features: ["dynamic-provisioning", "delayed-binding", "immediate-binding", "topology"],
    needs: { nodes: 3, zones: 3, nodeExec: true },
    cost: { typicalSeconds: 20, limitSeconds: 240, volumes: 6, megabytes: 160 },
  },
  async ({ step, check, nodes, classes, claims, pods, place }) => {
    const [a = "", b = "", c = ""] = nodes.zones;
    const derive = <B extends "delayed" | "immediate">(name: string, of: B, zones: readonly string[]) =>
      classes.derive({ name, of, allowedTopologies: [{ [zoneLabel]: zones }] });

    await step("assert", "claims of two classes meet in the zone that both admit", async () => {
      const [left, right] = await Promise.all([
        derive("left", "delayed", [a, b]),
        derive("right", "delayed", [b, c]),
      ]);
      const [one, two, three] = await Promise.all([
        claims.create({ name: "left", class: left }),
        claims.create({ name: "right", class: right, megabytes: 32 }),
        claims.create({ name: "plain", class: "delayed", megabytes: 16 }),
      ]);
      const pod = await pods.start({ name: "both", claim: one, also: [two, three] });
      check.equal("The pod is in the only zone both classes admit", nodes.named(pod.node).zone, b);
      const disks = await Promise.all(
        [one, two, three].map((claim) => place.agrees({ pod, claim, binding: "delayed" })),
      );
      check.equal("Each claim has a volume of its own", new Set(disks.map(({ handle }) => handle)).size, 3);
    });

    const [anchor, far] = await step("arrange", "immediate volumes are bound in two zones", async () => {
      const [near, apart] = await Promise.all([
        derive("near", "immediate", [a]),
        derive("apart", "immediate", [c]),
      ]);
      const bound = await Promise.all([
        claims.create({ name: "anchor", class: near, megabytes: 16 }),
        claims.create({ name: "far", class: apart, megabytes: 16 }),
      ]);
      await Promise.all(bound.map((claim) => claims.untilBound(claim)));
      return bound;
    });

    await step("assert", "a delayed volume is cut beside the bound volume of the same pod", async () => {
      const joining = await claims.create({ name: "joining", class: "delayed", megabytes: 16 });
      const pod = await pods.start({ name: "anchored", claim: anchor, also: [joining] });
      const near = place.reach(await place.ofDisk(anchor)).map(({ name }) => name);
      check.isOneOf("The pod is where its bound volume is", pod.node, near);
      await place.agrees({ pod, claim: joining, binding: "delayed" });
    });

    await step(
      "assert",
      "a pod of two volumes that are apart stays Pending",
      async () => {
        const torn = await pods.create({ name: "torn", claim: anchor, also: [far] });
        await pods.staysPending(torn, "volume-affinity");
      },
      "topo/conflict",
    );
  },
);
