// SPDX-License-Identifier: Apache-2.0
import { type Announcement, type Feature, features } from "../catalogue/features.ts";
import type { CaseResult, FeatureRow, FeatureVerdict, RunInfo } from "./model.ts";

/** What was promised before anything was executed. */
export interface Claims {
  /** The profile's features. */
  readonly claimed: readonly Feature[];
  /** CSI capability names the driver gave for each of its services; undefined when it was not asked. */
  readonly announced: Announced | undefined;
}

export type Announced = Readonly<Record<Announcement["service"], readonly string[]>>;

/** The part of a row that is known before anything is executed. */
export type Promised = Pick<FeatureRow, "feature" | "claimed" | "announced">;

/** Sets claims and announcements side by side: a row for each feature of the vocabulary, in its order. */
export function tabulatePromises(claims: Claims): Promised[] {
  return features.map(({ name, announcedAs }) => ({
    feature: name,
    claimed: claims.claimed.includes(name),
    announced: announces(claims.announced, announcedAs),
  }));
}

/** What people read for the verdict `outside`. */
export const outside = "not part of this run";

/** How much of the catalogue was asked for. */
export type Extent = Pick<RunInfo, "selection" | "shards">;

/** Only a part of the catalogue was asked for: by name, or as one of several shards. */
export function isPartial({ selection, shards }: Extent): boolean {
  return selection !== undefined || (shards !== undefined && shards.ran.length === 1 && shards.of > 1);
}

/** Sets the results beside what was promised. */
export function tabulateFeatures(
  promises: readonly Promised[],
  cases: readonly CaseResult[],
  run: Extent,
): FeatureRow[] {
  return promises.map(({ feature, claimed, announced }) => {
    const about = cases.filter((one) => one.features.includes(feature));
    const row = { feature, claimed, announced, executed: about.filter(isConcluded).length };
    return { ...row, verdict: judgeFeature(row, about, run) };
  });
}

function announces(announced: Announced | undefined, as: Announcement | null): boolean | null {
  return as === null || announced === undefined ? null : announced[as.service].includes(as.capability);
}

/** Passed or failed: says something about the driver. */
export function isConcluded({ outcome }: CaseResult): boolean {
  return outcome === "passed" || outcome === "failed";
}

function judgeFeature(
  row: Omit<FeatureRow, "verdict">,
  about: readonly CaseResult[],
  run: Extent,
): FeatureVerdict {
  if (!row.claimed) return "unclaimed";
  if (about.some(({ outcome }) => outcome === "error")) return "incomplete";
  if (isContradicted(row) || about.some(({ outcome }) => outcome === "failed")) return "failed";
  if (row.executed > 0) return "passed";
  if (!isPartial(run)) return "unproven";
  return about.length === 0 ? "outside" : "skipped";
}

/** The profile claims what the driver, asked over gRPC, does not announce. */
export function isContradicted({ claimed, announced }: Pick<FeatureRow, "claimed" | "announced">): boolean {
  return claimed && announced === false;
}
