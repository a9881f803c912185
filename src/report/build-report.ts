// SPDX-License-Identifier: Apache-2.0
import { redactText } from "../support/redact.ts";
import { type Promised, tabulateFeatures } from "./feature-rows.ts";
import {
  type CaseFailure,
  type CaseResult,
  type ConformanceReport,
  type ImageRef,
  type Placement,
  reportApiVersion,
  reportKind,
} from "./model.ts";
import { judge } from "./verdict.ts";

/** What a run found, before it is judged. */
export interface ReportParts extends Pick<
  ConformanceReport,
  "kit" | "driver" | "environment" | "run" | "nodes" | "cases"
> {
  /** What was promised; results are set beside it. */
  readonly promises: readonly Promised[];
}

/** Judges and sorts: the same findings give the same report in whatever order the cases ended. */
export function buildReport({
  kit,
  driver,
  environment,
  run,
  nodes,
  cases,
  promises,
}: ReportParts): ConformanceReport {
  const features = tabulateFeatures(promises, cases, run);
  const subject = `${driver.name} ${driver.vendorVersion}`;
  return {
    apiVersion: reportApiVersion,
    kind: reportKind,
    kit,
    driver: { ...driver, images: sortImages(driver.images) },
    environment: { ...environment, sidecarImages: sortImages(environment.sidecarImages) },
    run,
    nodes: nodes.toSorted(
      (a, b) => Number(b.controlPlane) - Number(a.controlPlane) || compareNames(a.name, b.name),
    ),
    features,
    cases: cases.map(sortCase).sort((a, b) => compareNames(a.id, b.id)),
    verdict: judge({ subject, cases, features, run }),
  };
}

/** What happened in order stays in order; sets, and what was found at one moment, are sorted. */
function sortCase(one: CaseResult): CaseResult {
  return {
    ...one,
    ...redactWords(one),
    covers: one.covers.toSorted(),
    features: one.features.toSorted(),
    placements: sortMoments(
      one.placements.map((at) => ({ ...at, affinity: sortAffinity(at.affinity) })),
      ({ pod = "", claim }) => `${claim} ${pod}`,
    ),
    data: sortMoments(one.data, ({ claim, expected }) => `${claim} ${expected}`),
    leaks: one.leaks.toSorted(),
    evidence: one.evidence.toSorted(),
  };
}

/** What driver and cluster said may hold a credential; a report is made to be given away. */
function redactWords({ failure, reason }: CaseResult): Pick<CaseResult, "failure" | "reason"> {
  const words =
    failure &&
    Object.entries(failure).flatMap(([name, text]) => (text === undefined ? [] : [[name, redactText(text)]]));
  return {
    ...(words === undefined ? {} : { failure: Object.fromEntries(words) as CaseFailure }),
    ...(reason === undefined ? {} : { reason: redactText(reason) }),
  };
}

/** Moments stay in the order of their first finding; findings of one moment, often made at once, go by their key. */
function sortMoments<T extends { readonly moment: string }>(
  findings: readonly T[],
  keyOf: (one: T) => string,
): T[] {
  const moments = [...new Set(findings.map(({ moment }) => moment))];
  return findings.toSorted(
    (a, b) => moments.indexOf(a.moment) - moments.indexOf(b.moment) || compareNames(keyOf(a), keyOf(b)),
  );
}

function sortAffinity(affinity: Placement["affinity"]): Placement["affinity"] {
  return affinity
    .map(({ key, values }) => ({ key, values: values.toSorted() }))
    .sort((a, b) => compareNames(a.key, b.key));
}

function sortImages(images: readonly ImageRef[]): ImageRef[] {
  return images.toSorted((a, b) => compareNames(a.name, b.name));
}

const collator = new Intl.Collator("en", { numeric: true });

/** `worker10` after `worker9`. */
function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}
