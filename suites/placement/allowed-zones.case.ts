// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";

export default defineCase(
  {
    title: "A class that allows some of the zones has its volumes there alone, in both binding modes",
    covers: ["topo/allowed"],
    features: ["dynamic-provisioning", "delayed-binding", "immediate-binding", "topology"],
    needs: { nodes: 3, zones: 3, sharedBy: 2, nodeExec: true },
    cost: { typicalSeconds: 20, limitSeconds: 240, volumes: 6, megabytes: 96 },
  },
  async ({ step, check, nodes, classes, claims, pods, place, backEnd }) => {
    const [left = "", right = "", closed = ""] = nodes.zones;
    const allowedTopologies = [{ [zoneLabel]: [left, right] }];
    const [delayed, immediate] = await step("arrange", "classes allow two of the zones", () =>
      Promise.all([
        classes.derive({ name: "delayed", of: "delayed", allowedTopologies }),
        classes.derive({ name: "immediate", of: "immediate", allowedTopologies }),
      ]),
    );

    await step("assert", "immediate volumes are cut in these zones alone", async () => {
      const homes = await Promise.all(
        ["disk-0", "disk-1", "disk-2"].map(async (name) => {
          const claim = await claims.create({ name, class: immediate, megabytes: 16 });
          await claims.untilBound(claim);
          return place.diskAgrees(claim);
        }),
      );
      for (const { zone = "" } of homes) check.isOneOf("The zone is allowed", zone, [left, right]);
    });

    await step(
      "assert",
      "a pod that insists on the other zone stays Pending, and nothing is cut",
      async () => {
        const before = await backEnd.list();
        const claim = await claims.create({ name: "outside", class: delayed, megabytes: 16 });
        await claims.staysUnprovisioned(claim);
        const nodeSelector = { [zoneLabel]: closed };
        await pods.staysPending(await pods.create({ name: "outside", claim, nodeSelector }), "no-volume");
        await claims.staysUnprovisioned(claim);
        await backEnd.nothingUnknownSince(before);
      },
    );

    await step("assert", "pods run in each of the allowed zones, with their volumes", async () => {
      await Promise.all(
        [left, right].map(async (zone) => {
          const claim = await claims.create({ name: `in-${zone}`, class: delayed, megabytes: 16 });
          const pod = await pods.start({ name: `in-${zone}`, claim, nodeSelector: { [zoneLabel]: zone } });
          const found = await place.agrees({ pod, claim, binding: "delayed" });
          check.equal("The volume is in the pod's zone", found.zone, zone);
        }),
      );
    });
  },
);
