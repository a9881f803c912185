// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

export const RECORD_BYTES = 4096;
const HASH_BYTES = 32;

/** A record that says which it is; half of one is none. */
export function recordOf(number: number): Buffer {
  const record = Buffer.alloc(RECORD_BYTES, number % 251);
  record.writeUInt32LE(number, 0);
  hashOf(record).copy(record, RECORD_BYTES - HASH_BYTES);
  return record;
}

/** The numbers of the whole records in some bytes. */
export function findRecords(bytes: Buffer): ReadonlySet<number> {
  const found = new Set<number>();
  for (let start = 0; start + RECORD_BYTES <= bytes.length; start += RECORD_BYTES) {
    const record = bytes.subarray(start, start + RECORD_BYTES);
    if (hashOf(record).equals(record.subarray(-HASH_BYTES))) found.add(record.readUInt32LE(0));
  }
  return found;
}

function hashOf(record: Buffer): Buffer {
  return createHash("sha256")
    .update(record.subarray(0, RECORD_BYTES - HASH_BYTES))
    .digest();
}
