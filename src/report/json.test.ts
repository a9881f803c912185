// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseReport, writeJson } from "./json.ts";
import type { CaseResult } from "./model.ts";
import { passedCases, sampleNodes, sampleReport } from "./report.test-data.ts";
import { troubledCases } from "./troubled-cases.test-data.ts";

test("a report survives being written and read", () => {
  const report = sampleReport({ cases: troubledCases() });
  const text = writeJson(report);
  expect(writeJson(parseReport(text, "report.json"))).toBe(text);
});

test("the order in which cases and nodes arrive does not show", () => {
  const reversed = sampleReport({ cases: passedCases().reverse(), nodes: sampleNodes.toReversed() });
  expect(writeJson(reversed)).toBe(writeJson(sampleReport()));
  expect(reversed.nodes.map(({ name }) => name).slice(0, 3)).toEqual([
    "sw-three-zones-control-plane",
    "sw-three-zones-worker",
    "sw-three-zones-worker2",
  ]);
});

test("findings of one moment are in one order, whichever was made first", () => {
  const shuffled = passedCases().map((one) => ({
    ...one,
    data: one.data.toReversed(),
    placements: one.placements.toReversed(),
  }));
  const moments = (cases: typeof shuffled): unknown =>
    sampleReport({ cases }).cases[2]?.placements.map(({ moment, pod }) => [moment, pod]);
  expect(moments(shuffled)).toEqual(
    ["scaled to 0 and back to 3", "three replicas run"].flatMap((moment) =>
      [0, 1, 2].map((n) => [moment, `web-${String(n)}`]),
    ),
  );
  const data = (cases: typeof shuffled): unknown => sampleReport({ cases }).cases[3]?.data;
  expect(data(shuffled)).toEqual(data(passedCases()));
});

test.each([
  ["a truncated file", writeJson(sampleReport()).slice(0, 500), /^read r\.json: /],
  [
    "another kind",
    JSON.stringify({ kind: "List" }),
    /^read r\.json: not a report of this version: .*apiVersion/,
  ],
  [
    "an unknown field",
    writeJson(sampleReport()).replace('"verdict": {', '"extra": 1, "verdict": {'),
    /extra/,
  ],
])("%s is refused in one line", (_what, text, message) => {
  expect(() => parseReport(text, "r.json")).toThrow(
    expect.objectContaining({
      code: "REPORT_INVALID",
      kind: "usage",
      message: expect.stringMatching(message) as string,
    }),
  );
});

test("what a driver said in a failure loses its credentials in every form of the report", () => {
  const failure = { message: "attach: password=hunter2", seen: "Bearer hunter2hunter2" };
  const report = sampleReport({ cases: [{ ...troubledCases()[0], failure } as CaseResult] });
  expect(report.cases[0]?.failure).toEqual({
    message: "attach: password=[redacted]",
    seen: "Bearer [redacted]",
  });
  expect(writeJson(sampleReport({ ...report, promises: report.features }))).not.toContain("hunter2");
});
