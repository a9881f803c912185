// SPDX-License-Identifier: Apache-2.0
import { closeSync, existsSync, read } from "node:fs";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { blockSize, inspectBlock } from "../pattern.ts";
import { appendFinding, type BlockReport, type FindingRun } from "../runs.ts";
import { chunkSize, openToRead } from "./direct-file.ts";

const readAt = promisify(read);

/** What {@link readBlocks} found. */
export interface ReadReport extends BlockReport {
  /** False when the file system refused O_DIRECT, so that the page cache may have answered. */
  readonly direct: boolean;
}

/**
 * Reads a file, or the first `limit` bytes of it, and says of each 4 KiB what it is. A file that is not there has no bytes.
 * The next bytes are read while the last are judged.
 */
export async function readBlocks(path: string, limit = Number.MAX_SAFE_INTEGER): Promise<ReadReport> {
  if (!existsSync(path)) return { bytes: 0, checksum: 0, runs: [], direct: true };
  const { descriptor, direct, buffers } = openToRead(path);
  const runs: FindingRun[] = [];
  let bytes = 0;
  let checksum = 0;
  let [coming, idle] = buffers;
  let reading = readAt(descriptor, { buffer: coming, length: chunkSize, position: 0 });
  try {
    for (;;) {
      const length = Math.min((await reading).bytesRead, limit - bytes);
      const chunk = coming.subarray(0, length);
      [coming, idle] = [idle, coming];
      bytes += length;
      const isLast = length === 0 || length % blockSize !== 0 || bytes >= limit;
      if (!isLast) reading = readAt(descriptor, { buffer: coming, length: chunkSize, position: bytes });
      checksum = crc32(chunk, checksum);
      inspectChunk(runs, chunk);
      if (isLast) return { bytes, checksum, runs, direct };
    }
  } finally {
    await reading.catch(() => undefined);
    closeSync(descriptor);
  }
}

function inspectChunk(runs: FindingRun[], chunk: Buffer): void {
  for (let offset = 0; offset + blockSize <= chunk.length; offset += blockSize) {
    appendFinding(runs, inspectBlock(chunk.subarray(offset, offset + blockSize)));
  }
}
