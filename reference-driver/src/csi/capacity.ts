// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { roundUp } from "../store/extents.ts";
import type { CapacityRange } from "./messages.ts";

const GIB = 1024 ** 3;

/** Size of a volume nobody gave a size for. */
export const DEFAULT_BYTES = GIB;
/** LVM's default extent; every pool's extent is this or a multiple. */
const EXTENT_BYTES = 4 * 1024 ** 2;

/**
 * The size to cut for a request.
 * @param atLeast size of the snapshot or volume that is copied, 0 for a blank volume
 * @param smallest size below which the volume's filesystem cannot be made, 0 when any will do
 * @throws CsiError OUT_OF_RANGE when the range cannot be met, INVALID_ARGUMENT when it is none
 */
export function chooseSize(range: CapacityRange | null, atLeast: number, smallest = 0): number {
  const { wanted, limit } = readRange(range);
  if (wanted > 0 && wanted < atLeast) {
    throw new CsiError("OUT_OF_RANGE", `${String(wanted)} bytes asked, the source has ${String(atLeast)}`);
  }
  const base = wanted > 0 ? wanted : Math.max(atLeast, defaultWithin(limit, atLeast));
  const size = roundUp(Math.max(base, smallest), EXTENT_BYTES);
  if (limit > 0 && size > limit) {
    const seen = `the smallest volume that fits has ${String(size)} bytes, limit_bytes is ${String(limit)}`;
    throw new CsiError("OUT_OF_RANGE", seen);
  }
  return size;
}

function readRange(range: CapacityRange | null): { readonly wanted: number; readonly limit: number } {
  const wanted = range?.requiredBytes ?? 0;
  const limit = range?.limitBytes ?? 0;
  if (wanted < 0 || limit < 0) throw new CsiError("INVALID_ARGUMENT", "capacity_range: a size is negative");
  if (limit > 0 && wanted > limit) {
    throw new CsiError("INVALID_ARGUMENT", "capacity_range: required_bytes is above limit_bytes");
  }
  return { wanted, limit };
}

function defaultWithin(limit: number, atLeast: number): number {
  if (atLeast > 0) return atLeast;
  return limit > 0 ? Math.min(DEFAULT_BYTES, Math.floor(limit / EXTENT_BYTES) * EXTENT_BYTES) : DEFAULT_BYTES;
}

/** True when an existing volume's size answers the request. */
export function sizeFits(bytes: number, range: CapacityRange | null): boolean {
  const limit = range?.limitBytes ?? 0;
  return bytes >= (range?.requiredBytes ?? 0) && (limit === 0 || bytes <= limit);
}
