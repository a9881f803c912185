// SPDX-License-Identifier: Apache-2.0
import { type Announcement, type Feature, features } from "../catalogue/features.ts";
import type { CaseResult, FeatureRow, FeatureVerdict } from "./model.ts";

/** What was promised before anything was executed. */
export interface Claims {
  /** The profile's features. */
  readonly claimed: readonly Feature[];
  /** CSI capability names the driver gave for each of its services; undefined when it was not asked. */
  readonly announced: Announced | undefined;
}

export type Announced = Readonly<Record<Announcement["service"], readonly string[]>>;

/** Sets claims, announcements and results side by side: a row for each feature of the vocabulary, in its order. */
export function tabulateFeatures(claims: Claims, cases: readonly CaseResult[]): FeatureRow[] {
  return features.map(({ name, announcedAs }) => {
    const about = cases.filter((one) => one.features.includes(name));
    const row = {
      feature: name,
      claimed: claims.claimed.includes(name),
      announced: announces(claims.announced, announcedAs),
      executed: about.filter(isConcluded).length,
    };
    return { ...row, verdict: judgeFeature(row, about) };
  });
}

function announces(announced: Announced | undefined, as: Announcement | null): boolean | null {
  return as === null || announced === undefined ? null : announced[as.service].includes(as.capability);
}

/** Passed or failed: says something about the driver. */
export function isConcluded({ outcome }: CaseResult): boolean {
  return outcome === "passed" || outcome === "failed";
}

function judgeFeature(row: Omit<FeatureRow, "verdict">, about: readonly CaseResult[]): FeatureVerdict {
  if (!row.claimed) return "unclaimed";
  if (about.some(({ outcome }) => outcome === "error")) return "incomplete";
  if (isContradicted(row) || about.some(({ outcome }) => outcome === "failed")) return "failed";
  return row.executed === 0 ? "unproven" : "passed";
}

/** The profile claims what the driver, asked over gRPC, does not announce. */
export function isContradicted({ claimed, announced }: Pick<FeatureRow, "claimed" | "announced">): boolean {
  return claimed && announced === false;
}
