// SPDX-License-Identifier: Apache-2.0
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";

/** Bytes moved by one read or write. */
export const chunkSize = 1024 * 1024;

const page = 4096;

/** A file opened past the page cache where the file system allows it. */
export interface DirectFile {
  readonly descriptor: number;
  /** False when the file system refuses O_DIRECT. */
  readonly direct: boolean;
  /** {@link chunkSize} bytes each where direct I/O may read and write: one can be on its way while the other is looked at. */
  readonly buffers: readonly [Buffer, Buffer];
}

/** Opens for reading, past the page cache where possible (open(2), O_DIRECT). */
export function openToRead(path: string): DirectFile {
  return openDirect(path, constants.O_RDONLY, (descriptor, buffer) => {
    readSync(descriptor, buffer, 0, page, 0);
  });
}

/** Opens for overwriting from the start; what is there stays until it is overwritten. */
export function openToWrite(path: string): DirectFile {
  return openDirect(path, constants.O_RDWR | constants.O_CREAT, (descriptor, buffer) => {
    if (readSync(descriptor, buffer, 0, page, 0) > 0) return;
    // An empty file accepts any read: only a write shows whether the memory is aligned.
    writeSync(descriptor, buffer.fill(0, 0, page), 0, page, 0);
  });
}

type Trial = (descriptor: number, buffer: Buffer) => void;

/** Memory addresses cannot be asked for in JavaScript: the right offset is the one at which a direct transfer is not refused. */
function openDirect(path: string, flags: number, tryOnce: Trial): DirectFile {
  const memory = Buffer.allocUnsafeSlow(2 * chunkSize + page);
  const from = (offset: number): [Buffer, Buffer] => [
    memory.subarray(offset, offset + chunkSize),
    memory.subarray(offset + chunkSize, offset + 2 * chunkSize),
  ];
  const descriptor = openOr(path, flags | constants.O_DIRECT);
  if (descriptor !== undefined) {
    for (let step = 0; step < page / 16; step++) {
      // Large allocations begin 16 bytes after a page boundary: the first guess is nearly always right.
      const buffers = from((page - 16 + step * 16) % page);
      if (
        isAccepted(() => {
          tryOnce(descriptor, buffers[0]);
        })
      )
        return { descriptor, direct: true, buffers };
    }
    closeSync(descriptor);
  }
  return { descriptor: openSync(path, flags, 0o644), direct: false, buffers: from(0) };
}

function openOr(path: string, flags: number): number | undefined {
  try {
    return openSync(path, flags, 0o644);
  } catch (thrown) {
    if (isInvalid(thrown)) return undefined;
    throw thrown;
  }
}

function isAccepted(transfer: () => void): boolean {
  try {
    transfer();
    return true;
  } catch (thrown) {
    if (isInvalid(thrown)) return false;
    throw thrown;
  }
}

function isInvalid(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EINVAL";
}
