// SPDX-License-Identifier: Apache-2.0
import { closeSync, fstatSync, fsyncSync, ftruncateSync, writeSync } from "node:fs";
import { expectedBytes, writeBlocksInto, type ExpectedBlocks } from "../expected-blocks.ts";
import { blockSize } from "../pattern.ts";
import { chunkSize, openToWrite } from "./direct-file.ts";

/** What {@link writeBlocks} did. */
export interface WriteReport {
  readonly bytes: number;
  /** False when the file system refused O_DIRECT; the bytes were fsynced all the same. */
  readonly direct: boolean;
}

/** Overwrites a file or device with blocks in order and returns when they are on the disk. */
export function writeBlocks(path: string, contents: ExpectedBlocks): WriteReport {
  const file = openToWrite(path);
  try {
    for (let from = 0; from < contents.count; from += chunkSize / blockSize) {
      const length = writeBlocksInto(file.buffer, contents, from);
      writeAll(file.descriptor, file.buffer.subarray(0, length), from * blockSize);
    }
    if (fstatSync(file.descriptor).isFile()) ftruncateSync(file.descriptor, expectedBytes(contents));
    fsyncSync(file.descriptor);
  } finally {
    closeSync(file.descriptor);
  }
  return { bytes: expectedBytes(contents), direct: file.direct };
}

function writeAll(descriptor: number, bytes: Buffer, position: number): void {
  const written = writeSync(descriptor, bytes, 0, bytes.length, position);
  if (written !== bytes.length)
    throw new Error(
      `only ${String(written)} of ${String(bytes.length)} bytes written at ${String(position)}`,
    );
}
