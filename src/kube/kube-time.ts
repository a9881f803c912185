// SPDX-License-Identifier: Apache-2.0

/**
 * Whether a time that the API gives is at or after a moment. `metav1.Time` has whole seconds, rounded down: what happened
 * within the second of the moment may have happened after it.
 * @param time milliseconds since 1970, as the API gives it
 * @param moment milliseconds since 1970, by this machine's clock
 */
export function isNotBefore(time: number, moment: number): boolean {
  return time >= Math.floor(moment / 1000) * 1000;
}
