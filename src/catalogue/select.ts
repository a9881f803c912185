// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import { suggest } from "../support/suggest.ts";
import type { CatalogueCase } from "./load.ts";
import { featureNames, isFeature } from "./features.ts";

/** The part of the catalogue that is asked for; empty lists ask for all of it. */
export interface Selection {
  /** Case ids or areas. */
  readonly cases: readonly string[];
  /** Cases about any of these. */
  readonly features: readonly string[];
}

/**
 * The cases that are asked for.
 * @throws KitError of kind `usage`: `CASE_UNKNOWN`, `FEATURE_UNKNOWN`, `SELECTION_EMPTY`
 */
export function selectCases(cases: readonly CatalogueCase[], selection: Selection): CatalogueCase[] {
  for (const name of selection.cases) {
    if (!cases.some((one) => isNamed(one, name)))
      throw unknown(
        "CASE",
        name,
        cases.map(({ id }) => id),
      );
  }
  for (const name of selection.features) {
    if (!isFeature(name)) throw unknown("FEATURE", name, featureNames);
  }
  const selected = cases.filter(
    (one) =>
      (selection.cases.length === 0 || selection.cases.some((name) => isNamed(one, name))) &&
      (selection.features.length === 0 ||
        one.meta.features.some((feature) => selection.features.includes(feature))),
  );
  if (selected.length > 0) return selected;
  throw new KitError("SELECTION_EMPTY", "select cases: no case has all that was asked for", {
    kind: "usage",
    hint: "`seaworthy list` shows all cases with their features.",
  });
}

function isNamed(one: CatalogueCase, name: string): boolean {
  return one.id === name || one.id.startsWith(`${name}/`);
}

function unknown(what: "CASE" | "FEATURE", name: string, known: readonly string[]): KitError {
  const near = suggest(name, known);
  return new KitError(`${what}_UNKNOWN`, `no ${what.toLowerCase()} is called "${name}"`, {
    kind: "usage",
    hint: near === undefined ? `There are ${known.join(", ")}.` : `Did you mean ${near}?`,
  });
}
