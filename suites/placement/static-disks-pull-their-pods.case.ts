// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const ways = ["affinity", "zone-label"] as const;
const contentsOf = (owner: string) => ({ owner, generation: 1, megabytes: 1 });

export default defineCase(
  {
    title:
      "Disks made by hand, one in each zone, pull the pods whose claims select them, by nodeAffinity or by zone label alone",
    covers: ["topo/pod-follows-disk-static"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 3, zones: 3, nodeExec: true },
    cost: { typicalSeconds: 60, limitSeconds: 420, volumes: 6, megabytes: 192 },
  },
  async ({ step, check, nodes, classes, claims, pods, volumes, statefulSets, data, place }) => {
    // One node of each zone holds its disks: a zone label does not say on which of the zone's nodes a local disk is.
    const homes = nodes.zones.flatMap((zone) => nodes.workers.find((node) => node.zone === zone) ?? []);
    const reachOf = (ordinal: number): string[] =>
      homes.slice(ordinal, ordinal + 1).flatMap((home) => place.reach(home).map(({ name }) => name));
    const template = "hold";

    const shelf = await step(
      "arrange",
      "in each zone two disks with data are offered, one in each way",
      async () => {
        const [kept, shelf] = await Promise.all([
          classes.derive({ name: "kept", of: "delayed", reclaimPolicy: "Retain" }),
          classes.derive({ name: "shelf", of: "delayed", byHand: true }),
        ]);
        await Promise.all(
          ways.flatMap((way) =>
            homes.map(async (home, ordinal) => {
              const name = `${way}-${String(ordinal)}`;
              const claim = await claims.create({ name, class: kept, megabytes });
              const writer = await pods.start({ name: `writer-${name}`, claim, on: home.name });
              await data.writeBlocks(writer, contentsOf(name));
              const volume = await volumes.of(claim);
              await pods.delete(writer);
              await claims.remove(claim);
              await volumes.untilPhase(volume, "Released");
              await volumes.adopt({ name, of: volume, class: shelf, labels: { disk: name }, place: way });
            }),
          ),
        );
        return shelf;
      },
    );

    const claimed = (way: (typeof ways)[number], nameOf: (ordinal: number) => string) =>
      Promise.all(
        homes.map(async (_home, ordinal) => {
          const selector = { disk: `${way}-${String(ordinal)}` };
          const claim = await claims.create({ name: nameOf(ordinal), class: shelf, megabytes, selector });
          await claims.untilBound(claim);
          return claim;
        }),
      );

    await step("act", "the replicas of a set have the claims for the disks with nodeAffinity", async () => {
      const own = await claimed("affinity", (ordinal) => `${template}-ship-${String(ordinal)}`);
      const apartBy = "topology.kubernetes.io/zone";
      const replicas = homes.length;
      const set = await statefulSets.create({ name: "ship", template, class: shelf, replicas, apartBy });
      const check3 = async () => {
        const found = await statefulSets.pods(set, replicas);
        for (const [ordinal, pod] of found.entries()) {
          const claim = own[ordinal];
          if (claim !== undefined) await place.agrees({ pod, claim, binding: "immediate" });
          check.isOneOf(`Replica ${String(ordinal)} reaches its disk`, pod.node, reachOf(ordinal));
          await data.expectBlocks(pod, contentsOf(`affinity-${String(ordinal)}`));
        }
      };
      await check3();
      await statefulSets.scale(set, 0);
      await statefulSets.scale(set, replicas);
      await check3();
    });

    await step(
      "assert",
      "a disk with nothing but a zone label pulls its pod from the other zones",
      async () => {
        const own = await claimed("zone-label", (ordinal) => `labelled-${String(ordinal)}`);
        const among = homes.map(({ name }) => name);
        await Promise.all(
          own.map(async (claim, ordinal) => {
            const pod = await pods.start({ name: claim.name, claim, among });
            check.isOneOf(`Pod ${pod.name} reaches its disk`, pod.node, reachOf(ordinal));
            await data.expectBlocks(pod, contentsOf(`zone-label-${String(ordinal)}`));
          }),
        );
        const [claim] = own;
        const [, elsewhere] = homes;
        if (claim === undefined || elsewhere === undefined) return;
        const stranger = await pods.create({ name: "stranger", claim, on: elsewhere.name });
        await pods.staysPending(stranger, "volume-zone");
      },
    );
  },
);
