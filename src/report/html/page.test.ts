// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  passedCases,
  sampleCase,
  sampleLoss,
  sampleNodes,
  samplePart,
  sampleReport,
} from "../report.test-data.ts";
import { troubledCases } from "../troubled-cases.test-data.ts";
import { escapeHtml, html, relativeLink } from "./escape.ts";
import { layOutMap, shortNames } from "./map-layout.ts";
import { writeHtml } from "./page.ts";

test("the page needs nothing from outside and runs nothing", () => {
  const page = writeHtml(sampleReport({ cases: troubledCases() }));
  expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<img|<iframe|<link|@import|url\(|\son\w+=/i);
});

test("every link within the page leads to one place", () => {
  const page = writeHtml(sampleReport({ cases: troubledCases() }));
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test("a part that was begun anew says so, and its verdict stays what its cases make it", () => {
  const report = sampleReport(sampleLoss);
  expect(writeHtml(report)).toContain(
    "begun anew once, none of its cases counts twice: beside-0-x on &#60;n&#62;: its pod was removed",
  );
  expect(report.verdict).toEqual(sampleReport().verdict);
});

test("what the cluster says is shown, not obeyed", () => {
  const page = writeHtml(sampleReport({ cases: troubledCases() }));
  expect(page).toContain("&#60;script&#62;alert(document.domain)&#60;/script&#62;");
  expect(page).toContain('href="./evidence/placement/disk-follows-pod/driver%20%3Cscript%3E.log"');
});

test("no text of a report can add a tag or an attribute", () => {
  const tags = (page: string): string[] =>
    [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replaceAll(/"[^"]*"/g, '""'));
  const page = (text: string): string => {
    const driver = {
      name: text,
      vendorVersion: text,
      organization: text,
      url: text,
      images: [{ name: text, digest: text }],
    };
    const failure = { message: text, expected: text, seen: text, step: text, stack: text };
    const placements = [
      { moment: text, claim: text, pod: text, podNode: text, affinity: [{ key: text, values: [text] }] },
    ];
    const data = [{ moment: text, claim: text, found: text, expected: text }];
    const one = sampleCase({
      title: text,
      outcome: "failed",
      failure,
      placements,
      data,
      leaks: [text],
      evidence: [text],
      reproduce: text,
    });
    const nodes = [{ name: text, controlPlane: false, zone: text, rack: text, pools: [] }];
    return writeHtml(sampleReport({ driver, cases: [one], nodes }));
  };
  const plain = tags(page("x-y"));
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "`", "=", "b", " "), minLength: 1 }),
      (text) => {
        expect(tags(page(`x${text}y`))).toEqual(plain);
      },
    ),
  );
});

test("a claim outside of the part that ran is grey and says why; in a whole run it is red", () => {
  const { cases } = samplePart;
  const grey = '<span class="badge outside">Not part of this run</span>';
  const red = '<span class="badge unproven">Never checked</span>';
  const counts = (page: string): number[] => [page.split(grey).length - 1, page.split(red).length - 1];
  expect(counts(writeHtml(sampleReport(samplePart)))).toEqual([2, 0]);
  expect(counts(writeHtml(sampleReport({ cases })))).toEqual([0, 2]);
});

test("control characters are made visible", () => {
  expect(escapeHtml("a\u0000\u001b[31mb\n")).toBe("a\ufffd\ufffd[31mb\n");
  expect(html`<p title="${'"'}">${["<", undefined, false, 3]}</p>`.toString()).toBe(
    '<p title="&#34;">&#60;3</p>',
  );
});

test.each([
  ["evidence/a b/c.txt", "./evidence/a%20b/c.txt"],
  ["javascript:alert(1)", "./javascript%3Aalert(1)"],
  ["../../etc/passwd", undefined],
  ["/etc/passwd", undefined],
  ["//host/x", undefined],
  ["", undefined],
])("%s links to %s", (path, href) => {
  expect(relativeLink(path)).toBe(href);
});

test("a passing and a troubled case open in a short report; only the troubled one in a long report", () => {
  const many = Array.from({ length: 9 }, (_, n) =>
    sampleCase({ id: `placement/case-${String(n)}`, outcome: n === 0 ? "failed" : "passed" }),
  );
  expect(writeHtml(sampleReport({ cases: passedCases() })).match(/<details open>/g)).toHaveLength(4);
  expect(writeHtml(sampleReport({ cases: many })).match(/<details open>/g)).toHaveLength(1);
});

test("under Cases those that failed come first, then errors, then the others in their order", () => {
  const outcomes = ["passed", "skipped", "error", "passed", "failed", "skipped", "failed"] as const;
  const cases = outcomes.map((outcome, n) => sampleCase({ id: `placement/case-${String(n)}`, outcome }));
  const page = writeHtml(sampleReport({ cases }));
  const order = [...page.matchAll(/<article class="case (\w+) short" id="case-placement-case-(\d)"/g)];
  expect(order.map(([, outcome, n]) => [outcome, Number(n)])).toEqual([
    ["failed", 4],
    ["failed", 6],
    ["error", 2],
    ["passed", 0],
    ["skipped", 1],
    ["passed", 3],
    ["skipped", 5],
  ]);
});

test("a case of a broken driver says how to break the driver again, not how to certify it", () => {
  const reproduce = "seaworthy prove --mutant ignores-selected-node --cluster three-zones --keep";
  const page = writeHtml(sampleReport({ cases: [sampleCase({ outcome: "failed", reproduce })] }));
  expect(page).toContain("Run again, with the same fault in the driver");
  expect(page).toContain(`<pre><code>${reproduce}</code></pre>`);
  expect(page).not.toContain("Run only this case");
  expect(writeHtml(sampleReport())).toContain("Run only this case");
});

test("five hundred cases make a page of less than four megabytes", () => {
  const many = Array.from({ length: 500 }, (_, n) => sampleCase({ id: `placement/case-${String(n)}` }));
  const page = writeHtml(sampleReport({ cases: many }));
  expect(page.length).toBeLessThan(4_000_000);
});

test("on the map nodes lie in their rack, racks in their zone, and nothing overlaps", () => {
  const { zones, racks, nodes, width, height } = layOutMap(
    sampleNodes.filter(({ controlPlane }) => !controlPlane),
    { letters: 12, rows: 2 },
  );
  expect([zones.length, racks.length, nodes.size]).toEqual([3, 6, 6]);
  const inside = (
    inner: { x: number; y: number; width: number; height: number },
    outer: typeof inner,
  ): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;
  for (const node of nodes.values()) expect(racks.filter((rack) => inside(node, rack))).toHaveLength(1);
  for (const rack of racks) expect(zones.filter((zone) => inside(rack, zone))).toHaveLength(1);
  for (const zone of zones) expect(inside(zone, { x: 0, y: 0, width, height })).toBe(true);
});

test.each([
  [
    ["sw-x-worker", "sw-x-worker2"],
    ["worker", "worker2"],
  ],
  [["node-a"], ["node-a"]],
  [
    ["alpha", "beta"],
    ["alpha", "beta"],
  ],
  [[], []],
])("%j are called %j", (names, short) => {
  expect([...shortNames(names).values()]).toEqual(short);
});
