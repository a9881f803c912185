// SPDX-License-Identifier: Apache-2.0
import type { FeatureVerdict, Outcome, Verdict } from "../model.ts";
import { type Markup, html } from "./escape.ts";

/** What people read for an outcome or verdict. */
const words: Readonly<Record<Outcome | Verdict["outcome"] | FeatureVerdict, string>> = {
  passed: "Passed",
  failed: "Failed",
  error: "Error",
  skipped: "Skipped",
  partial: "Partial",
  incomplete: "Incomplete",
  unproven: "Never checked",
  outside: "Not part of this run",
  unclaimed: "Not claimed",
};

/** A coloured word; the colour says nothing that the word does not. */
export function badge(outcome: keyof typeof words): Markup {
  return html`<span class="badge ${outcome}">${words[outcome]}</span>`;
}

/** The word alone. */
export function wordFor(outcome: keyof typeof words): string {
  return words[outcome];
}

/** An id that is safe in `id` and `#`: `case-placement-disk-follows-pod`. */
export function anchor(kind: string, name: string): string {
  return `${kind}-${name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
}
