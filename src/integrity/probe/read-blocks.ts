// SPDX-License-Identifier: Apache-2.0
import { closeSync, existsSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { blockSize, inspectBlock } from "../pattern.ts";
import { appendFinding, type BlockReport, type FindingRun } from "../runs.ts";
import { chunkSize, openToRead } from "./direct-file.ts";

/** What {@link readBlocks} found. */
export interface ReadReport extends BlockReport {
  /** False when the file system refused O_DIRECT, so that the page cache may have answered. */
  readonly direct: boolean;
}

/** Reads a file, or the first `limit` bytes of it, and says of each 4 KiB what it is. A file that is not there has no bytes. */
export function readBlocks(path: string, limit = Number.MAX_SAFE_INTEGER): ReadReport {
  if (!existsSync(path)) return { bytes: 0, checksum: 0, runs: [], direct: true };
  const file = openToRead(path);
  const runs: FindingRun[] = [];
  let bytes = 0;
  let checksum = 0;
  try {
    while (bytes < limit) {
      const length = Math.min(readSync(file.descriptor, file.buffer, 0, chunkSize, bytes), limit - bytes);
      if (length === 0) break;
      checksum = crc32(file.buffer.subarray(0, length), checksum);
      inspectChunk(runs, file.buffer.subarray(0, length));
      bytes += length;
      if (length % blockSize !== 0) break;
    }
  } finally {
    closeSync(file.descriptor);
  }
  return { bytes, checksum, runs, direct: file.direct };
}

function inspectChunk(runs: FindingRun[], chunk: Buffer): void {
  for (let offset = 0; offset + blockSize <= chunk.length; offset += blockSize) {
    appendFinding(runs, inspectBlock(chunk.subarray(offset, offset + blockSize)));
  }
}
