// SPDX-License-Identifier: Apache-2.0
import { distance } from "fastest-levenshtein";

/** The name that was probably meant, or undefined when none is near. Case and punctuation cost nothing. */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  const wanted = fold(name);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: { name: string; cost: number } | undefined;
  for (const candidate of known) {
    const cost = distance(wanted, fold(candidate));
    if (cost <= limit && (best === undefined || cost < best.cost)) best = { name: candidate, cost };
  }
  return best?.name;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, "");
}
