// SPDX-License-Identifier: Apache-2.0

/**
 * Two-sided p-value of the Mann-Whitney U test for two independent samples, exact, also with ties: the share of all ways
 * to divide the pooled ranks among the two samples that lie as far from the middle as the one that was seen.
 * Source: Mann and Whitney, Annals of Mathematical Statistics 18 (1947); mid-ranks for ties.
 * @returns 1 when a sample is empty
 */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const ranks = doubledRanks([...a, ...b]);
  const ways = countSubsetSums(ranks, a.length);
  const seen = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0);
  // ranks are doubled, so that mid-ranks are whole numbers and the middle is too
  const middle = a.length * (ranks.length + 1);
  const distance = Math.abs(seen - middle);
  let [extreme, all] = [0, 0];
  for (const [sum, count] of ways) {
    all += count;
    if (Math.abs(sum - middle) >= distance) extreme += count;
  }
  return extreme / all;
}

/** Twice the mid-rank of each value. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((x, y) => x - y);
  return values.map((value) => sorted.indexOf(value) + 1 + sorted.lastIndexOf(value) + 1);
}

/** In how many ways `size` of the numbers give each sum. */
function countSubsetSums(numbers: readonly number[], size: number): Map<number, number> {
  const bySize = Array.from({ length: size + 1 }, () => new Map<number, number>());
  bySize[0]?.set(0, 1);
  for (const number of numbers) {
    for (let taken = size; taken > 0; taken -= 1) {
      const into = bySize[taken];
      for (const [sum, count] of bySize[taken - 1] ?? [])
        into?.set(sum + number, (into.get(sum + number) ?? 0) + count);
    }
  }
  return bySize[size] ?? new Map<number, number>();
}

/**
 * Holm's correction for looking at many things at once: each p-value as it may be read beside the others, in their order.
 * Source: Holm, Scandinavian Journal of Statistics 6 (1979).
 */
export function correctForMany(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((x, y) => (pValues[x] ?? 1) - (pValues[y] ?? 1));
  const corrected = pValues.map(() => 1);
  let least = 0;
  for (const [place, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (pValues[index] ?? 1) * (pValues.length - place)));
    corrected[index] = least;
  }
  return corrected;
}

/** The middle value; of an even number the mean of the two in the middle. @returns NaN without values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const half = sorted.length / 2;
  return Number.isInteger(half)
    ? ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2
    : (sorted[Math.floor(half)] ?? NaN);
}
