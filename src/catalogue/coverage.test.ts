// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta, sampleMutant, sampleRequirement } from "./catalogue.test-data.ts";
import { coverRequirements, findGaps } from "./coverage.ts";

test("requirements lead to cases and these to mutants, and what nothing covers is a gap", () => {
  const rows = coverRequirements({
    requirements: [sampleRequirement("snap/point-in-time"), sampleRequirement("snap/size")],
    cases: [
      { id: "snapshot/restores", meta: sampleMeta() },
      { id: "snapshot/chains", meta: sampleMeta() },
    ],
    mutants: [sampleMutant(), sampleMutant({ slug: "restores-late", caughtBy: ["snapshot/restores"] })],
  });
  expect(rows[0]?.cases).toEqual([
    { id: "snapshot/chains", mutants: [] },
    { id: "snapshot/restores", mutants: ["restores-late", "restores-nothing"] },
  ]);
  expect(findGaps(rows).map(({ id }) => id)).toEqual(["snap/size"]);
});
