// SPDX-License-Identifier: Apache-2.0

/** A label selector as the API takes it, `a=b,c=d`. */
export function labelSelector(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
