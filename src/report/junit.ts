// SPDX-License-Identifier: Apache-2.0
import XMLBuilder from "fast-xml-builder";
import { isContradicted, outside } from "./feature-rows.ts";
import type { CaseFailure, CaseResult, ConformanceReport, FeatureRow } from "./model.ts";

/** An element for the XML builder: `@name` is an attribute, `#text` the text. */
interface Element {
  readonly [name: string]: string | Element | readonly Element[];
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressEmptyNode: true,
});

/**
 * The report as JUnit XML: a suite for each area, and one for the claims, so that a failed verdict is red even when no
 * case failed. A failed driver is a `failure`, a failed kit or cluster an `error`.
 */
export function writeJunit(report: ConformanceReport): string {
  const { cases, features, run, driver } = report;
  const areas = [...Map.groupBy(cases, ({ id }) => areaOf(id))];
  const suites = areas.map(([area, members]) =>
    suite(
      area,
      members.map((one) => caseElement(one)),
      seconds(sumTimes(members)),
    ),
  );
  const claims = features.filter(({ claimed }) => claimed).map(claimElement);
  const all = {
    ...attributes(
      `Seaworthy: ${driver.name} ${driver.vendorVersion}`,
      cases.map(kindOf).concat(claims.map(kindOfClaim)),
    ),
  };
  const root = {
    testsuites: {
      ...all,
      "@time": seconds(run.durationMs),
      "@timestamp": run.startedAt,
      testsuite: [...suites, suite("claims", claims, "0.000")],
    },
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(clean(root))}`;
}

type Kind = "failure" | "error" | "skipped" | undefined;

function suite(name: string, testcases: readonly Element[], time: string): Element {
  return { ...attributes(name, testcases.map(kindOfClaim)), "@time": time, testcase: testcases };
}

function attributes(name: string, kinds: readonly Kind[]): Element {
  const count = (kind: Kind): string => String(kinds.filter((one) => one === kind).length);
  return {
    "@name": name,
    "@tests": String(kinds.length),
    "@failures": count("failure"),
    "@errors": count("error"),
    "@skipped": count("skipped"),
  };
}

function caseElement(one: CaseResult): Element {
  const properties = [
    ...one.covers.map((value) => ({ "@name": "requirement", "@value": value })),
    ...one.features.map((value) => ({ "@name": "feature", "@value": value })),
    { "@name": "reproduce", "@value": one.reproduce },
  ];
  const kept = [
    ...one.leaks.map((leak) => `left behind: ${leak}`),
    ...one.evidence.map((path) => `[[ATTACHMENT|${path}]]`),
  ];
  return {
    "@name": one.title,
    "@classname": one.id,
    "@file": `suites/${one.id}.case.ts`,
    "@time": seconds(one.durationMs),
    "@timestamp": one.startedAt,
    properties: { property: properties },
    ...result(one),
    ...(kept.length === 0 ? {} : { "system-out": kept.join("\n") }),
  };
}

function result(one: CaseResult): Element {
  const kind = kindOf(one);
  if (kind === undefined) return {};
  if (kind === "skipped") return { skipped: { "@message": one.reason ?? "no reason recorded" } };
  const { failure } = one;
  const message = failure?.message ?? "no message recorded";
  return {
    [kind]: { "@message": message, "@type": failure?.requirement ?? kind, "#text": describe(failure) },
  };
}

function describe(failure: CaseFailure | undefined): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ["requirement", failure?.requirement],
    ["step", failure?.step],
    ["expected", failure?.expected],
    ["seen", failure?.seen],
    ["", failure?.stack],
  ];
  return parts
    .flatMap(([name, value]) => (value === undefined ? [] : [name === "" ? value : `${name}: ${value}`]))
    .join("\n");
}

/** A claim is checked apart from its cases: whether anything was executed for it, and whether the driver says the same. */
function claimElement(row: FeatureRow): Element {
  const testcase = {
    "@name": `The claim of ${row.feature} is checked`,
    "@classname": `claims/${row.feature}`,
    "@time": "0.000",
  };
  if (isContradicted(row))
    return { ...testcase, failure: { "@message": "claimed, but not announced over gRPC", "@type": "claim" } };
  if (row.executed > 0) return testcase;
  const message = row.verdict === "outside" ? outside : "claimed, but no case came to a conclusion";
  // where a case ended in an error, the error is red already
  if (row.verdict !== "unproven") return { ...testcase, skipped: { "@message": message } };
  return { ...testcase, failure: { "@message": message, "@type": "claim" } };
}

function kindOf({ outcome }: CaseResult): Kind {
  return outcome === "passed" ? undefined : outcome === "failed" ? "failure" : outcome;
}

function kindOfClaim(element: Element): Kind {
  return (["failure", "error", "skipped"] as const).find((kind) => kind in element);
}

function areaOf(id: string): string {
  return id.split("/").slice(0, -1).join("/") || "suites";
}

function sumTimes(cases: readonly CaseResult[]): number {
  return cases.reduce((total, { durationMs }) => total + durationMs, 0);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** Takes out what XML 1.0 allows in no document (section 2.2); the builder escapes the rest. */
function clean(value: string | Element | readonly Element[]): unknown {
  if (typeof value === "string")
    return value.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
  if (Array.isArray(value)) return value.map((one: Element) => clean(one));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, clean(inner)]));
}
