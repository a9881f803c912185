// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMutant } from "./catalogue.test-data.ts";
import { writeComparisonPage } from "./comparison-page.ts";

test("each mutant says what must catch it and whether the other kit did; one that is gone is left out", () => {
  const mutants = [sampleMutant(), sampleMutant({ slug: "deletes-nothing" })];
  const found = [
    { mutant: "restores-nothing", passed: 91, failed: [] },
    { mutant: "deletes-nothing", passed: 7, failed: ["DeleteVolume should work"] },
    { mutant: "forgotten", passed: 0, failed: [] },
  ];
  const page = writeComparisonPage({ tool: "csi-sanity v5.6.0", found }, mutants);
  expect(page).toContain("against 2 of the 2 mutants");
  expect(page).toContain("It caught 1:");
  expect(page).toMatch(/`restores-nothing` .* \| not caught \(91 passed\) \|/);
  expect(page).toMatch(/`deletes-nothing` .* \| caught: DeleteVolume should work \|/);
  expect(page).not.toContain("forgotten");
});
