// SPDX-License-Identifier: Apache-2.0
import { crc32 } from "node:zlib";
import { blockSize, hashName, writeBlock } from "./pattern.ts";

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
  const blocks = Buffer.alloc(Math.max(0, Math.min(count, expected.count - from)) * blockSize);
  writeBlocksInto(blocks, expected, from);
  return blocks;
}

/** Fills a buffer with the blocks from `from` on, as many as fit and there are; gives the number of bytes. */
export function writeBlocksInto(buffer: Buffer, expected: ExpectedBlocks, from: number): number {
  const last = Math.min(from + Math.floor(buffer.length / blockSize), expected.count);
  for (let index = from; index < last; index++) {
    const identity = { ...expected, index, sequence: expected.firstSequence + index };
    writeBlock(buffer.subarray((index - from) * blockSize), identity);
  }
  return Math.max(0, last - from) * blockSize;
}

const checksums = new Map<string, number>();

/** CRC-32 of the whole; computed once for each expectation. */
export function expectedChecksum(expected: ExpectedBlocks): number {
  const key = JSON.stringify(expected);
  const known = checksums.get(key);
  if (known !== undefined) return known;
  let checksum = 0;
  for (let from = 0; from < expected.count; from += 256)
    checksum = crc32(makeBlocks(expected, from, 256), checksum);
  checksums.set(key, checksum);
  return checksum;
}
