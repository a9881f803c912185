// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";
const rackLabel = "topology.seaworthy.dev/rack";
const contents = { owner: "disk", generation: 1, megabytes: 1 };

export default defineCase(
  {
    title:
      "A rack between zone and host is a topology domain: its pods share a disk, the zone's other rack does not",
    covers: ["topo/custom-domain"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 1, racks: 2, nodeExec: true },
    cost: { typicalSeconds: 15, limitSeconds: 240, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, nodes, classes, claims, pods, data, place }) => {
    const { here, other } = await step("arrange", "two racks of one zone are chosen", () => {
      const here = nodes.workers.find((node) => node.rack !== undefined);
      const other = nodes.workers.find((node) => node.zone === here?.zone && node.rack !== here?.rack);
      return Promise.resolve({ here: here?.rack ?? "", zone: here?.zone ?? "", other: other?.rack ?? "" });
    });

    const { claim, writer } = await step(
      "act",
      "a pod that insists on its zone gets its disk in the only rack allowed",
      async () => {
        const inRack = await classes.derive({
          name: "in-rack",
          of: "delayed",
          allowedTopologies: [{ [rackLabel]: [here] }],
        });
        const claim = await claims.create({ name: "disk", class: inRack });
        const zone = nodes.workers.find((node) => node.rack === here)?.zone ?? "";
        const writer = await pods.start({ name: "writer", claim, nodeSelector: { [zoneLabel]: zone } });
        await data.writeBlocks(writer, contents);
        return { claim, writer };
      },
    );

    await step("assert", "disk and pod are in the rack, and the volume's affinity names it", async () => {
      const { rack } = await place.agrees({ pod: writer, claim, binding: "delayed" });
      check.equal("The disk is in the allowed rack", rack, here);
    });

    await step(
      "assert",
      "another pod of the rack shares the disk, one of the other rack stays Pending",
      async () => {
        const [sharer, stranger] = await Promise.all([
          pods.start({ name: "sharer", claim, nodeSelector: { [rackLabel]: here } }),
          pods.create({ name: "stranger", claim, nodeSelector: { [rackLabel]: other } }),
        ]);
        await pods.staysPending(stranger, "volume-affinity");
        await data.expectBlocks(sharer, contents);
      },
    );
  },
);
