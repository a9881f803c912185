// SPDX-License-Identifier: Apache-2.0

const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Bytes of a Kubernetes quantity, rounded up. Source: apimachinery, resource.Quantity. @throws Error for what is none */
export function bytesOf(quantity: string): number {
  const [, number = "", suffix = ""] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = SUFFIXES[suffix];
  const value = Number(number);
  if (number === "" || factor === undefined || Number.isNaN(value))
    throw new Error(`${quantity}: a quantity such as 1Gi is expected`);
  return Math.ceil(value * factor);
}
