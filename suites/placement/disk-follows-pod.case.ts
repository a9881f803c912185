// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";

export default defineCase(
  {
    title: "A delayed volume does not exist before its pod, and is then cut where the pod was placed",
    covers: ["topo/disk-follows-pod", "topo/pv-affinity", "topo/advertise", "local/selected-node"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 2, zones: 2, nodeExec: true },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 3, megabytes: 192 },
  },
  async ({ step, check, nodes, claims, pods, data, place, backEnd }) => {
    const before = await step("arrange", "list what the back end holds", () => backEnd.list());

    const wanted = await step("act", "a claim for each zone waits for its first consumer", () =>
      Promise.all(
        nodes.zones.map(async (zone) => ({
          zone,
          claim: await claims.create({ name: `disk-${zone}`, class: "delayed" }),
        })),
      ),
    );

    await step("assert", "nothing is provisioned for any of them", async () => {
      await Promise.all(wanted.map(({ claim }) => claims.staysUnprovisioned(claim)));
      await backEnd.nothingUnknownSince(before);
    });

    const placed = await step("act", "a pod is forced into each zone", () =>
      Promise.all(
        wanted.map(async ({ zone, claim }) => {
          const pod = await pods.start({ name: `pod-${zone}`, claim, nodeSelector: { [zoneLabel]: zone } });
          return { zone, claim, pod };
        }),
      ),
    );

    await step("assert", "each disk is where its pod is, by every witness", async () => {
      const found = await Promise.all(
        placed.map(({ pod, claim }) => place.agrees({ pod, claim, binding: "delayed" })),
      );
      check.sameSet(
        "Each zone has one of the disks",
        found.flatMap(({ zone }) => zone ?? []),
        nodes.zones,
      );
      check.equal(
        "No two disks are one volume",
        new Set(found.map(({ handle }) => handle)).size,
        placed.length,
      );
    });

    await step(
      "assert",
      "no other node has cut anything for them",
      () => backEnd.nothingUnknownSince(before),
      "local/selected-node",
    );

    await step("assert", "each disk can be written and read", async () => {
      await Promise.all(
        placed.map(async ({ zone, pod }) => {
          const contents = { owner: `disk-${zone}`, generation: 1, megabytes: 1 };
          await data.writeBlocks(pod, contents);
          await data.expectBlocks(pod, contents);
        }),
      );
    });
  },
);
