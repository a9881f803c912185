// SPDX-License-Identifier: Apache-2.0
import type { SpecResult } from "../../reference-driver/test/sanity-results.ts";

/** What tests say of a broken driver. */
interface SpecVerdict {
  readonly passed: number;
  readonly passes: readonly string[];
  /** Their names; the broken driver is caught when there is one. */
  readonly failed: readonly string[];
}

/**
 * Counts only tests that the good driver passes: any other would fail with every driver.
 * @throws Error when none of those ran
 */
export function judgeSpecs(good: readonly string[], specs: readonly SpecResult[]): SpecVerdict {
  const counted = specs.filter(({ name }) => good.includes(name));
  if (counted.length === 0) throw new Error("no test ran that the good driver passes");
  const named = (wanted: SpecResult["status"]): string[] =>
    counted.filter(({ status }) => status === wanted).map(({ name }) => name);
  const passes = named("passed");
  return { passed: passes.length, passes, failed: named("failed") };
}
