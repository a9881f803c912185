// SPDX-License-Identifier: Apache-2.0
import { open } from "node:fs/promises";

const MIB = 1024 ** 2;

/** Writes a text to a place of a device and waits until it is there. */
export async function writeAt(device: string, offset: number, text: string): Promise<void> {
  const handle = await open(device, "r+");
  try {
    await handle.write(Buffer.from(text), 0, text.length, offset);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads some bytes of a device as text. */
export async function bytesAt(device: string, offset: number, length: number): Promise<string> {
  const handle = await open(device);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead).toString();
  } finally {
    await handle.close();
  }
}

/** Offset, at or after the start of its mebibyte, of the first byte of a device that is not zero. */
export async function firstNonZero(device: string): Promise<number | undefined> {
  const handle = await open(device);
  const buffer = Buffer.alloc(MIB);
  const zeros = Buffer.alloc(MIB);
  try {
    for (let offset = 0; ; offset += MIB) {
      const { bytesRead } = await handle.read(buffer, 0, MIB, offset);
      if (bytesRead === 0) return undefined;
      if (!buffer.subarray(0, bytesRead).equals(zeros.subarray(0, bytesRead))) return offset;
    }
  } finally {
    await handle.close();
  }
}
