// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { compareReports } from "./compare.ts";
import { writeHtml } from "./html/page.ts";
import { phaseKind } from "./phase-kind.ts";
import { sampleCase, sampleReport } from "./report.test-data.ts";

test.each([
  ["claim disk: created → bound", "claim: created → bound"],
  ["pod web-0: scheduled → ready", "pod: scheduled → ready"],
  ["StatefulSet web: 3 → 0 replicas", "StatefulSet: 3 → 0 replicas"],
  ["claim created → bound", "claim created → bound"],
  ["pod scheduled → provisioned", "pod scheduled → provisioned"],
])("%s counts as %s", (name, kind) => {
  expect(phaseKind(name)).toBe(kind);
});

test("phases of objects with different names are one distribution and one comparison", () => {
  const bound = (object: string, durationMs: number) => ({
    name: `claim ${object}: created → bound`,
    durationMs,
  });
  const report = sampleReport({
    cases: [
      sampleCase({ id: "a/one", phases: [bound("disk", 100), bound("other", 300)] }),
      sampleCase({ id: "a/two", phases: [bound("data", 500)] }),
    ],
  });
  expect(compareReports([report], [report]).phases).toContainEqual(
    expect.objectContaining({
      name: "claim: created → bound",
      cases: 2,
      before: { runs: [350], medianMs: 350 },
    }),
  );
  const times = /<h2 id="times">.*?<\/section>/s.exec(writeHtml(report))?.[0];
  expect(times?.match(/<tr>\n<th scope="row">/g)).toHaveLength(1);
  expect(times).toMatch(/claim: created → bound.*<td class="number">3<\/td>/s);
});
