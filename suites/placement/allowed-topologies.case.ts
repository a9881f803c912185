// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const zoneLabel = "topology.kubernetes.io/zone";
const rackLabel = "topology.seaworthy.dev/rack";

export default defineCase(
  {
    title: "A class's allowed topologies hold in both binding modes: every key of a term, any of the terms",
    covers: ["topo/allowed"],
    features: ["dynamic-provisioning", "delayed-binding", "immediate-binding", "topology"],
    needs: { nodes: 5, zones: 3, racks: 5, nodeExec: true },
    cost: { typicalSeconds: 20, limitSeconds: 240, volumes: 7, megabytes: 112 },
  },
  async ({ step, check, nodes, classes, claims, pods, place, backEnd }) => {
    const [a, b, c] = nodes.zones.map((zone) => nodes.workers.filter((node) => node.zone === zone));
    const zoneOf = (zone: typeof a): string => zone?.[0]?.zone ?? "";
    const racksOf = (zone: typeof a): string[] => [...new Set(zone?.map((node) => node.rack ?? ""))];
    const allowed = [a?.[0], ...(b ?? [])].flatMap((node) => node ?? []);
    const allowedTopologies = [
      { [zoneLabel]: [zoneOf(a)], [rackLabel]: [allowed[0]?.rack ?? ""] },
      { [zoneLabel]: [zoneOf(b)], [rackLabel]: racksOf(b) },
    ];
    const [delayed, immediate] = await step(
      "arrange",
      "classes admit one rack of a zone, or another zone",
      () =>
        Promise.all([
          classes.derive({ name: "delayed", of: "delayed", allowedTopologies }),
          classes.derive({ name: "immediate", of: "immediate", allowedTopologies }),
        ]),
    );

    await step("assert", "immediate volumes are cut in the allowed racks alone", async () => {
      const homes = await Promise.all(
        ["disk-0", "disk-1", "disk-2", "disk-3"].map(async (name) => {
          const claim = await claims.create({ name, class: immediate, megabytes: 16 });
          await claims.untilBound(claim);
          return place.diskAgrees(claim);
        }),
      );
      for (const { name } of homes)
        check.isOneOf(
          "The volume is on an allowed node",
          name,
          allowed.map((node) => node.name),
        );
    });

    const before = await step("arrange", "list what the back end holds", () => backEnd.list());
    await step(
      "assert",
      "a pod that insists on another rack or zone stays Pending, and nothing is cut",
      async () => {
        const outside = [
          { name: "other-rack", nodeSelector: { [rackLabel]: a?.at(-1)?.rack ?? "" } },
          { name: "other-zone", nodeSelector: { [zoneLabel]: zoneOf(c) } },
        ];
        await Promise.all(
          outside.map(async ({ name, nodeSelector }) => {
            const claim = await claims.create({ name, class: delayed, megabytes: 16 });
            await claims.staysUnprovisioned(claim);
            await pods.staysPending(await pods.create({ name, claim, nodeSelector }), "no-volume");
            await claims.staysUnprovisioned(claim);
          }),
        );
        await backEnd.nothingUnknownSince(before);
      },
    );

    await step("assert", "pods run in each of the terms, with their volumes", async () => {
      const inside = [
        { name: "first-term", nodeSelector: { [zoneLabel]: zoneOf(a) } },
        { name: "second-term", nodeSelector: { [rackLabel]: racksOf(b).at(-1) ?? "" } },
        { name: "either", nodeSelector: {} },
      ];
      await Promise.all(
        inside.map(async ({ name, nodeSelector }) => {
          const claim = await claims.create({ name, class: delayed, megabytes: 16 });
          const pod = await pods.start({ name, claim, nodeSelector });
          check.isOneOf(
            "The pod is on an allowed node",
            pod.node,
            allowed.map((node) => node.name),
          );
          await place.agrees({ pod, claim, binding: "delayed" });
        }),
      );
    });
  },
);
