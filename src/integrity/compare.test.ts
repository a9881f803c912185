// SPDX-License-Identifier: Apache-2.0
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareBlocks, type DataFault } from "./compare.ts";
import { expectBlocks, makeBlocks, type ExpectedBlocks } from "./expected-blocks.ts";
import { blockSize, inspectBlock, sectorSize } from "./pattern.ts";
import { appendFinding, type BlockReport, type FindingRun } from "./runs.ts";

const first = expectBlocks("snapshot/a", "source", 1, 0.125);
const second = expectBlocks("snapshot/a", "source", 2, 0.125);
const bytesOf = (expected: ExpectedBlocks): Buffer => makeBlocks(expected, 0, expected.count);

function report(bytes: Buffer): BlockReport {
  const runs: FindingRun[] = [];
  for (let offset = 0; offset + blockSize <= bytes.length; offset += blockSize) {
    appendFinding(runs, inspectBlock(bytes.subarray(offset, offset + blockSize)));
  }
  return { bytes: bytes.length, checksum: crc32(bytes), runs };
}

function patched(offset: number, patch: Buffer): Buffer {
  const bytes = bytesOf(first);
  patch.copy(bytes, offset);
  return bytes;
}

test("Data that is what was written is as expected, in one run", () => {
  const found = report(bytesOf(first));
  expect(found.runs).toHaveLength(1);
  expect(compareBlocks(first, found)).toEqual({ faults: [], words: "as expected" });
});

const wrong: [DataFault, string, Buffer, string][] = [
  [
    "empty",
    "a hole",
    patched(2 * blockSize, Buffer.alloc(blockSize)),
    "empty: 1 block from offset 8192 (zeros)",
  ],
  [
    "newer",
    "the live source",
    bytesOf(second),
    "newer: 32 blocks from offset 0 (generation 2 where 1 was expected)",
  ],
  [
    "shifted",
    "a block one place on",
    patched(blockSize, bytesOf(first).subarray(0, blockSize)),
    "shifted: 1 block from offset 4096 (block 0 where block 1 belongs)",
  ],
  [
    "truncated",
    "a short file",
    bytesOf(first).subarray(0, 10 * blockSize),
    "truncated: 22 blocks from offset 40960 (40960 bytes where 131072 were written)",
  ],
  [
    "truncated",
    "a file cut within a block",
    bytesOf(first).subarray(0, 31 * blockSize + 100),
    "truncated: 1 block from offset 127076 (127076 bytes where 131072 were written)",
  ],
  [
    "extended",
    "a long file",
    Buffer.concat([bytesOf(first), Buffer.alloc(1)]),
    "extended: 1 block from offset 131072 (131073 bytes where 131072 were written)",
  ],
  [
    "torn",
    "half a later block",
    patched(0, bytesOf(second).subarray(0, 3 * sectorSize)),
    "torn: 1 block from offset 0 (sectors of generation 1 and 2)",
  ],
  [
    "torn",
    "sectors never written",
    patched(5 * sectorSize, Buffer.alloc(2 * sectorSize)),
    "torn: 1 block from offset 0 (sectors of generation 1, 2 of 8 sectors never written)",
  ],
  [
    "damaged",
    "one flipped byte",
    patched(blockSize + 700, Buffer.from([(bytesOf(first)[blockSize + 700] ?? 0) ^ 1])),
    "damaged: 1 block from offset 4096 (generation 1, changed from byte 700 of the block on)",
  ],
  [
    "foreign",
    "another volume",
    bytesOf(expectBlocks("snapshot/a", "other", 1, 0.125)),
    "foreign: 32 blocks from offset 0 (data of another volume of this case)",
  ],
  [
    "foreign",
    "another case",
    bytesOf(expectBlocks("snapshot/b", "source", 1, 0.125)),
    "foreign: 32 blocks from offset 0 (data of another case)",
  ],
  [
    "foreign",
    "a file system header",
    patched(0, Buffer.alloc(blockSize, "XFSB")),
    "foreign: 1 block from offset 0 (bytes the kit never wrote (5846534258465342…))",
  ],
  [
    "reordered",
    "the same generation written again in another order",
    bytesOf({ ...first, firstSequence: 7 }),
    "reordered: 32 blocks from offset 0 (write 7 where write 32 was expected)",
  ],
];

test.each(wrong)("Data is called %s: %s", (fault, _what, bytes, words) => {
  const verdict = compareBlocks(first, report(bytes));
  expect(verdict.faults.map((one) => one.fault)).toEqual([fault]);
  expect(verdict.words).toBe(words);
});

test("An earlier generation is stale", () => {
  expect(compareBlocks(second, report(bytesOf(first))).words).toBe(
    "stale: 32 blocks from offset 0 (generation 1 where 2 was expected)",
  );
});

test("A volume that lost the file is empty", () => {
  expect(compareBlocks(first, report(Buffer.alloc(0))).words).toBe(
    "empty: 32 blocks from offset 0 (no bytes at all, or no file)",
  );
});

test("Blocks that all look right do not hide a different whole", () => {
  const found = report(bytesOf(first));
  expect(compareBlocks(first, { ...found, checksum: found.checksum ^ 1 }).words).toContain(
    "the checksum of the whole differs",
  );
});

test("Several faults are all named", () => {
  const bytes = patched(0, Buffer.alloc(blockSize)).subarray(0, 3 * blockSize);
  expect(compareBlocks(first, report(bytes)).faults.map((one) => one.fault)).toEqual(["empty", "truncated"]);
});

test("No change of a byte goes unseen", () => {
  const clean = bytesOf(first);
  fc.assert(
    fc.property(fc.nat(clean.length - 1), fc.integer({ min: 1, max: 255 }), (offset, mask) => {
      const bytes = Buffer.from(clean);
      bytes[offset] = (clean[offset] ?? 0) ^ mask;
      return compareBlocks(first, report(bytes)).faults.length > 0;
    }),
  );
});

test("Every identity makes a block that reads back as itself", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), fc.string(), (index, generation, sequence, name) => {
      const expected = {
        ...expectBlocks(name, name, generation, 0),
        count: index + 1,
        firstSequence: sequence,
      };
      const block = makeBlocks(expected, index, 1);
      expect(inspectBlock(block)).toEqual({
        kind: "valid",
        case: expected.case,
        volume: expected.volume,
        index,
        generation,
        sequence: sequence + index,
      });
    }),
  );
});
