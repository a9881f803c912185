// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta, sampleMutant, sampleRequirement } from "./catalogue.test-data.ts";
import { coverRequirements, isGap, isUnproven } from "./coverage.ts";

test("requirements lead to cases and these to the mutants that break that very requirement", () => {
  const rows = coverRequirements({
    requirements: ["snap/point-in-time", "snap/size", "snap/ready"].map(sampleRequirement),
    cases: [
      { id: "snapshot/restores", meta: sampleMeta({ covers: ["snap/point-in-time", "snap/ready"] }) },
      { id: "snapshot/chains", meta: sampleMeta() },
    ],
    mutants: [sampleMutant(), sampleMutant({ slug: "restores-late", caughtBy: ["snapshot/restores"] })],
  });
  expect(rows[0]?.cases).toEqual([
    { id: "snapshot/chains", mutants: [] },
    { id: "snapshot/restores", mutants: ["restores-late", "restores-nothing"] },
  ]);
  const idsOf = (which: typeof isGap): string[] =>
    rows.filter(which).map(({ requirement }) => requirement.id);
  expect(idsOf(isGap)).toEqual(["snap/size"]);
  expect(idsOf(isUnproven)).toEqual(["snap/ready"]);
});
