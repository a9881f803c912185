// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";
const perZone = 2;

export default defineCase(
  {
    title: "Immediate volumes of a set's claims are spread over the zones their class lists",
    covers: ["topo/immediate-spread"],
    features: ["dynamic-provisioning", "immediate-binding", "topology"],
    needs: { nodes: 3, zones: 3, nodeExec: true },
    cost: { typicalSeconds: 10, limitSeconds: 180, volumes: 6, megabytes: 96 },
  },
  async ({ step, check, nodes, classes, claims, place }) => {
    const listed = await step("arrange", "a class lists the zones", () =>
      classes.derive({
        name: "listed",
        of: "immediate",
        allowedTopologies: [{ [zoneLabel]: nodes.zones }],
      }),
    );

    // Names with ordinals: external-provisioner begins the list of places one further for each.
    const ordinals = Array.from({ length: nodes.zones.length * perZone }, (_unused, n) => n);
    const disks = await step("act", "claims named like those of a StatefulSet are bound", () =>
      Promise.all(
        ordinals.map(async (ordinal) => {
          const name = `hold-ship-${String(ordinal)}`;
          const claim = await claims.create({ name, class: listed, megabytes: 16 });
          await claims.untilBound(claim);
          return claim;
        }),
      ),
    );

    await step("assert", "no zone holds more than its fair share and one", async () => {
      const homes = await Promise.all(disks.map((claim) => place.diskAgrees(claim)));
      const counts = nodes.zones.map((zone) => ({
        zone,
        count: homes.filter((home) => home.zone === zone).length,
      }));
      const seen = counts.map(({ zone, count }) => `${zone} ${String(count)}`).join(", ");
      const most = Math.max(...counts.map(({ count }) => count));
      check.holds(`Each zone holds at most ${String(perZone + 1)} of the volumes`, most <= perZone + 1, seen);
    });
  },
);
