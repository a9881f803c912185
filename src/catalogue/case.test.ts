// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { defineCase } from "./case.ts";

const needs = { nodes: 1, zones: 1 };
const cost = { typicalSeconds: 1, limitSeconds: 2, volumes: 0, megabytes: 0 };

/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- these lines must not compile */
/** The bodies never run: what matters is that each line marked below does not compile. */
const poor = defineCase(
  { title: "A case that declares nothing", covers: [], features: ["dynamic-provisioning"], needs, cost },
  async (context) => {
    // @ts-expect-error -- feature "snapshot" is not declared
    await context.snapshots.untilReady({ name: "", uid: "" });
    // @ts-expect-error -- feature "topology" is not declared
    await context.place.ofDisk({ name: "", uid: "" });
    // @ts-expect-error -- needs.nodeExec is not declared
    await context.backEnd.list();
    // @ts-expect-error -- neither binding mode is declared
    await context.claims.create({ name: "", class: "delayed" });
  },
);

const rich = defineCase(
  {
    title: "A case that declares what it uses",
    covers: [],
    features: ["dynamic-provisioning", "delayed-binding", "topology", "snapshot"],
    needs: { ...needs, nodeExec: true },
    cost,
  },
  async ({ snapshots, place, backEnd, claims, statefulSets }) => {
    const claim = await claims.create({ name: "", class: "delayed" });
    await snapshots.take({ name: "", of: claim });
    await place.ofDisk(claim);
    await backEnd.list();
    // @ts-expect-error -- feature "immediate-binding" is not declared
    await claims.create({ name: "", class: "immediate" });
    // @ts-expect-error -- feature "immediate-binding" is not declared
    await statefulSets.create({ name: "", template: "", class: "immediate", replicas: 1, apartBy: "" });
  },
);

defineCase(
  {
    title: "A case whose steps name requirements",
    covers: ["snap/ready"],
    features: ["snapshot"],
    needs,
    cost,
  },
  async ({ step }) => {
    await step("act", "covered", () => Promise.resolve(), "snap/ready");
    // @ts-expect-error -- the case does not cover this requirement
    await step("act", "not covered", () => Promise.resolve(), "snap/isolation");
  },
);

test("A case keeps its metadata beside its body", () => {
  expect(poor.meta.features).toEqual(["dynamic-provisioning"]);
  expect(rich.meta.needs.nodeExec).toBe(true);
});

// @ts-expect-error -- a feature that is not in the vocabulary
defineCase({ title: "", covers: [], features: ["levitation"], needs, cost }, () => Promise.resolve());
