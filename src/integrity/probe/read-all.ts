// SPDX-License-Identifier: Apache-2.0
import { closeSync, readSync } from "node:fs";
import { chunkSize, openToRead } from "./direct-file.ts";

/** The bytes of a file, or its first `limit` bytes, read past the page cache where the file system allows it. */
export function readAll(path: string, limit = Number.MAX_SAFE_INTEGER): { bytes: Buffer; direct: boolean } {
  const file = openToRead(path);
  const [buffer] = file.buffers;
  const parts: Buffer[] = [];
  let read = 0;
  try {
    while (read < limit) {
      const length = Math.min(readSync(file.descriptor, buffer, 0, chunkSize, read), limit - read);
      if (length === 0) break;
      parts.push(Buffer.from(buffer.subarray(0, length)));
      read += length;
      // Past the end of a file whose size is no whole number of blocks, direct I/O could not go on.
      if (length % 4096 !== 0) break;
    }
  } finally {
    closeSync(file.descriptor);
  }
  return { bytes: Buffer.concat(parts), direct: file.direct };
}
