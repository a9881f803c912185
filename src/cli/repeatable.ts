// SPDX-License-Identifier: Apache-2.0

/** Argument parser of a flag that may be given several times. */
export function repeatable(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
