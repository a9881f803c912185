// SPDX-License-Identifier: Apache-2.0

const factors: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Bytes of a quantity as the API writes sizes: `64Mi`, `67108864`. NaN when it is none. */
export function bytesOf(quantity: string): number {
  const match = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity);
  const factor = factors[match?.[2] ?? "none"];
  return match === null || factor === undefined ? Number.NaN : Number(match[1]) * factor;
}
