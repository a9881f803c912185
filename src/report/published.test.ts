// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sealStatement } from "./attest/envelope.ts";
import { buildStatement } from "./attest/statement.ts";
import { writeJson } from "./json.ts";
import { writeMatrix } from "./matrix.ts";
import type { ConformanceReport } from "./model.ts";
import { checkPublished, folderNameOf, type PublishedFolder } from "./published.ts";
import { passedCases, sampleReport } from "./report.test-data.ts";

const { kit, driver, environment, run } = sampleReport();
const released = { ...kit, commit: "3f1c2d9a7b6e50483f1c2d9a7b6e50483f1c2d9a" };
const path = "seaworthy-local.seaworthy.dev/0.1.0-k8s1.36-three-zones";

function publish(report: ConformanceReport, changes: Partial<PublishedFolder> = {}): PublishedFolder {
  const text = writeJson(report);
  const files = [{ path: "report.json", sha256: createHash("sha256").update(text).digest("hex") }];
  return {
    path,
    found: { report: text, attestation: sealStatement(buildStatement(report, files)), files },
    texts: new Map([["report.json", text]]),
    readme: "# x\n\n## Reproduce\n",
    ...changes,
  };
}

test("a report that keeps the rules is accepted", () => {
  expect(checkPublished(publish(sampleReport({ kit: released })))).toEqual([]);
});

test.each<[string, PublishedFolder, RegExp]>([
  [
    "a changed report",
    publish(sampleReport({ kit: released }), { found: { ...publish(sampleReport()).found, files: [] } }),
    /report\.json is missing: the attestation names it/,
  ],
  [
    "a part of the catalogue",
    publish(
      sampleReport({ kit: released, run: { ...run, selection: { cases: ["placement"], features: [] } } }),
    ),
    /a report with the verdict "partial" is not published/,
  ],
  ["a run that says nothing", publish(sampleReport({ kit: released, cases: [] })), /verdict "incomplete"/],
  [
    "a kit without a commit",
    publish(sampleReport({ kit: { ...kit, commit: "unknown" } })),
    /its kit has no commit/,
  ],
  [
    "another folder",
    publish(sampleReport({ kit: released }), { path: "acme/1" }),
    /^reports\/published\/acme\/1: its folder must be called seaworthy-local\.seaworthy\.dev\/0\.1\.0-k8s1\.36-three-zones$/,
  ],
  [
    "no way to repeat it",
    publish(sampleReport({ kit: released }), { readme: "# x" }),
    /no section "Reproduce"/,
  ],
  [
    "a secret",
    publish(sampleReport({ kit: released }), { texts: new Map([["evidence/a.log", "password=hunter22"]]) }),
    /evidence\/a\.log holds what looks like a secret/,
  ],
])("%s is refused", (_what, folder, problem) => {
  expect(checkPublished(folder)).toContainEqual(expect.stringMatching(problem));
});

test("odd names make plain folder names", () => {
  const odd = { ...driver, organization: "../ACME, Inc.", name: "csi.acme.io", vendorVersion: "v1.2/3" };
  expect(folderNameOf(sampleReport({ driver: odd }))).toBe("acme-inc-csi.acme.io/v1.2-3-k8s1.36-three-zones");
});

test("the matrix has a row for each report, newest version first, and says when there is none", () => {
  expect(writeMatrix([])).toContain("No report has been published yet.");
  const old = sampleReport({ cases: passedCases().map((one) => ({ ...one, outcome: "failed" })) });
  const newer = sampleReport({
    driver: { ...driver, vendorVersion: "0.10.0" },
    environment: { ...environment, shape: "a|b" },
  });
  const rows = writeMatrix([
    { path: "d/old", report: old },
    { path: "d/new", report: newer },
  ])
    .split("\n")
    .filter((line) => line.startsWith("| 0"));
  expect(rows.map((line) => line.split(" | ")[0])).toEqual(["| 0.10.0", "| 0.1.0"]);
  expect(rows[0]).toContain("4 of 4 passed, 0 skipped");
  expect(rows[0]).toContain("[page](published/d/new/report.html)");
  expect(rows[0]).not.toContain("a|b");
  expect(rows[1]).toMatch(/\| failed \| 0 of 4 passed/);
});
