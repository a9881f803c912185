// SPDX-License-Identifier: Apache-2.0

/** The smallest size the driver can make that holds so many MiB, as a Kubernetes quantity. */
export function fitSize(megabytes: number, minBytes: number, stepBytes: number): string {
  const bytes = Math.ceil(Math.max(megabytes * 2 ** 20, minBytes) / stepBytes) * stepBytes;
  return bytes % 2 ** 20 === 0 ? `${String(bytes / 2 ** 20)}Mi` : String(bytes);
}
