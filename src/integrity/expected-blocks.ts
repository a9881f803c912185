// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { blockSize, hashName, makeBlock } from "./pattern.ts";

/** What a run of blocks must be, known without looking at the volume. */
export interface ExpectedBlocks {
  /** {@link hashName} of the case id. */
  readonly case: string;
  /** {@link hashName} of the owner of the volume. */
  readonly volume: string;
  readonly generation: number;
  /** Number of blocks. */
  readonly count: number;
  /** Sequence of the first; the others follow. */
  readonly firstSequence: number;
}

/** From what a case says to what the blocks are; the sequence goes on through the generations. */
export function expectBlocks(
  caseId: string,
  owner: string,
  generation: number,
  megabytes: number,
): ExpectedBlocks {
  const count = Math.round((megabytes * 1024 * 1024) / blockSize);
  return {
    case: hashName(caseId),
    volume: hashName(owner),
    generation,
    count,
    firstSequence: generation * count,
  };
}

/** Size of the whole. */
export function expectedBytes(expected: ExpectedBlocks): number {
  return expected.count * blockSize;
}

/** The blocks from `from` on, `count` of them at most. */
export function makeBlocks(expected: ExpectedBlocks, from: number, count: number): Buffer {
  const last = Math.min(from + count, expected.count);
  const blocks: Buffer[] = [];
  for (let index = from; index < last; index++)
    blocks.push(makeBlock({ ...expected, index, sequence: expected.firstSequence + index }));
  return Buffer.concat(blocks);
}

const hashes = new Map<string, string>();

/** SHA-256 of the whole; computed once for each expectation. */
export function expectedHash(expected: ExpectedBlocks): string {
  const key = JSON.stringify(expected);
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  for (let from = 0; from < expected.count; from += 256) hash.update(makeBlocks(expected, from, 256));
  const digest = hash.digest("hex");
  hashes.set(key, digest);
  return digest;
}
