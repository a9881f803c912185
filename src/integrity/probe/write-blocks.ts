// SPDX-License-Identifier: Apache-2.0
import { closeSync, fstatSync, fsyncSync, ftruncateSync, write } from "node:fs";
import { promisify } from "node:util";
import { expectedBytes, writeBlocksInto, type ExpectedBlocks } from "../expected-blocks.ts";
import { blockSize } from "../pattern.ts";
import { chunkSize, openToWrite } from "./direct-file.ts";

const writeAt = promisify(write);

/** What {@link writeBlocks} did. */
export interface WriteReport {
  readonly bytes: number;
  /** False when the file system refused O_DIRECT; the bytes were fsynced all the same. */
  readonly direct: boolean;
}

/**
 * Overwrites a file or device with blocks in order and returns when they are on the disk. The next blocks are made while the
 * last are written.
 */
export async function writeBlocks(path: string, contents: ExpectedBlocks): Promise<WriteReport> {
  const { descriptor, direct, buffers } = openToWrite(path);
  let [next, busy] = buffers;
  let writing = Promise.resolve();
  try {
    for (let from = 0; from < contents.count; from += chunkSize / blockSize) {
      const length = writeBlocksInto(next, contents, from);
      await writing;
      writing = writeAll(descriptor, next.subarray(0, length), from * blockSize);
      [next, busy] = [busy, next];
    }
    await writing;
    if (fstatSync(descriptor).isFile()) ftruncateSync(descriptor, expectedBytes(contents));
    fsyncSync(descriptor);
  } finally {
    await writing.catch(() => undefined);
    closeSync(descriptor);
  }
  return { bytes: expectedBytes(contents), direct };
}

async function writeAll(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  const { bytesWritten } = await writeAt(descriptor, bytes, 0, bytes.length, position);
  if (bytesWritten !== bytes.length)
    throw new Error(
      `only ${String(bytesWritten)} of ${String(bytes.length)} bytes written at ${String(position)}`,
    );
}
