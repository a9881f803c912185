// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMutant } from "./catalogue.test-data.ts";
import { writeComparisonPage } from "./comparison-page.ts";

const mutants = [
  sampleMutant(),
  sampleMutant({ slug: "deletes-nothing" }),
  sampleMutant({ slug: "untried" }),
];
const bare = {
  tool: "csi-sanity v5.6.0",
  setting: "without a cluster",
  command: "npm run peers:mutants",
  found: [
    { mutant: "restores-nothing", passed: 91, failed: [] },
    { mutant: "deletes-nothing", passed: 7, failed: ["DeleteVolume should work"] },
    { mutant: "forgotten", passed: 0, failed: [] },
  ],
};
const upstream = {
  tool: "e2e.test",
  setting: "on a cluster",
  command: "npm run peers:upstream",
  good: [{ name: "restore works", seconds: 74 }],
  found: [
    { mutant: "restores-nothing", passed: 1, passes: ["clone works"], failed: ["restore works"] },
    { mutant: "untried", passed: 1, passes: ["restore works"], failed: [] },
  ],
};

test("each mutant says what must catch it and whether the other kit did; one that is gone is left out", () => {
  const page = writeComparisonPage([bare], mutants);
  expect(page).toContain("caught 1 of the 2 mutants it was run against, of 3 that there are");
  expect(page).toMatch(/`restores-nothing` .* \| not caught \(91 passed\) \|/);
  expect(page).toMatch(/`deletes-nothing` .* \| caught: DeleteVolume should work \|/);
  expect(page).not.toContain("forgotten");
  expect(page).not.toContain("untried");
});

test("each kit has a column, with a dash where it was not tried, and its times with the good driver", () => {
  const page = writeComparisonPage([bare, upstream], mutants);
  expect(page).toMatch(/`deletes-nothing` .* \| caught: DeleteVolume should work \| – \|/);
  expect(page).toMatch(/`restores-nothing` .* \| not caught \(91 passed\) \| caught: restore works \|/);
  expect(page).toMatch(/`untried` .* \| – \| not caught by: restore works \|/);
  expect(page).toContain("| restore works | 74 s |");
});
