// SPDX-License-Identifier: Apache-2.0

const factors: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

const pattern = /^(\d+)(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;

/** Bytes of a whole Kubernetes quantity such as `64Mi`, `10G` or `1073741824`; undefined when it is none. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, unit = ""] = pattern.exec(text) ?? [];
  const factor = factors[unit];
  const bytes = digits === undefined || factor === undefined ? Number.NaN : Number(digits) * factor;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
