// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const replicas = 3;
const ordinals = Array.from({ length: replicas }, (_unused, ordinal) => ordinal);
const contentsOf = (ordinal: number) => ({
  owner: `replica ${String(ordinal)}`,
  generation: 1,
  megabytes: 2,
});

export default defineCase(
  {
    title:
      "Each replica of a StatefulSet over three zones finds its own disk again, in its own zone, after a scale to zero",
    covers: ["topo/statefulset", "topo/then-pod-follows"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    needs: { nodes: 3, zones: 3, nodeExec: true },
    cost: { typicalSeconds: 25, limitSeconds: 600, volumes: 3, megabytes: 192 },
  },
  async ({ step, check, nodes, claims, statefulSets, data, place }) => {
    const set = await step("act", "three replicas start, no two in one zone", () =>
      statefulSets.create({
        name: "ship",
        template: "hold",
        class: "delayed",
        replicas,
        apartBy: "topology.kubernetes.io/zone",
      }),
    );

    /** Placements and volume handles by ordinal. */
    const survey = async () => {
      const pods = await statefulSets.pods(set, replicas);
      const found = await Promise.all(
        pods.map(async (pod, ordinal) => {
          const claim = await claims.named(`${set.template}-${set.name}-${String(ordinal)}`);
          return { pod, claim, ...(await place.agrees({ pod, claim, binding: "delayed" })) };
        }),
      );
      const zones = found.flatMap(({ zone }) => zone ?? []);
      check.equal("Each replica is in a zone of its own", new Set(zones).size, replicas);
      for (const zone of zones) check.isOneOf("The zones are those of the cluster", zone, nodes.zones);
      return found;
    };

    const before = await step("assert", "each has the claim that its ordinal names, in its own zone", survey);

    await step("act", "each writes its own data", async () => {
      await Promise.all(before.map(({ pod }, ordinal) => data.writeBlocks(pod, contentsOf(ordinal))));
      await Promise.all(before.map(({ pod }, ordinal) => data.writeTree(pod, contentsOf(ordinal))));
    });

    await step("act", "the set is scaled to zero and back to three", async () => {
      await statefulSets.scale(set, 0);
      await statefulSets.scale(set, replicas);
    });

    const after = await step("assert", "each ordinal has the same claim, disk and zone", async () => {
      const found = await survey();
      for (const ordinal of ordinals) {
        const [was, is] = [before[ordinal], found[ordinal]];
        check.equal(`Replica ${String(ordinal)} is in its zone`, is?.zone, was?.zone);
        check.equal(`Replica ${String(ordinal)} has its claim`, is?.claim.uid, was?.claim.uid);
        check.equal(`Replica ${String(ordinal)} has its disk`, is?.handle, was?.handle);
      }
      return found;
    });

    await step("assert", "each ordinal finds its own data", async () => {
      await Promise.all(after.map(({ pod }, ordinal) => data.expectBlocks(pod, contentsOf(ordinal))));
      await Promise.all(after.map(({ pod }, ordinal) => data.expectTree(pod, contentsOf(ordinal))));
    });
  },
);
