// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { plainText, preformatted } from "./markdown-text.ts";
import { writeMarkdown } from "./markdown.ts";
import { sampleLoss, samplePart, sampleReport } from "./report.test-data.ts";
import { troubledCases } from "./troubled-cases.test-data.ts";

test("a passed report", () => {
  expect(writeMarkdown(sampleReport())).toMatchSnapshot();
});

test("a troubled report names what failed and shows no markup of the driver's", () => {
  const text = writeMarkdown(sampleReport({ cases: troubledCases() }));
  expect(text).toContain("# ⚠️ local.seaworthy.dev 0.1.0: incomplete");
  expect(text).toContain("requirement: snap/point-in-time");
  expect(text).toContain("needs 3 zones, the cluster has 1");
  expect(text).not.toMatch(/<script|<b>/);
});

test("a claim outside of the part that ran is not said to be unproven", () => {
  const text = writeMarkdown(sampleReport(samplePart));
  expect(text).toContain("| <code>snapshot</code> | yes | yes | 0 | not part of this run |");
  expect(text).not.toContain("unproven");
});

test("a part that was begun anew is named, with the pod that was lost", () => {
  expect(writeMarkdown(sampleReport(sampleLoss))).toContain(
    "Shard 1 was begun anew: beside-0-x on &#60;n&#62;: its pod was removed",
  );
});

test.each([
  ["a | b", "a &#124; b"],
  ["*x* _y_ `z` ~~s~~", "&#42;x&#42; &#95;y&#95; &#96;z&#96; &#126;&#126;s&#126;&#126;"],
  ["<img src=x>", "&#60;img src&#61;x&#62;"],
  ["see https://x.y and www.x.y, @team #1", "see https&#58;//x.y and www&#46;x.y, &#64;team &#35;1"],
  ["two\nlines", "two lines"],
  ["a bell\u0007", "a bell\ufffd"],
])("%s is shown as it is", (text, written) => {
  expect(plainText(text)).toBe(written);
});

test("preformatted text keeps its lines in one block", () => {
  expect(preformatted("a\n\n</pre>")).toBe("<pre>a&#10;&#10;&#60;/pre&#62;</pre>");
});
