// SPDX-License-Identifier: Apache-2.0
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import pRetry from "p-retry";

const retry = { retries: 400, factor: 1.1, minTimeout: 10, maxTimeout: 150 } as const;

/**
 * Runs work while no other process of this kernel, in whichever container, does the same for this device: LVM's own locks
 * are files, which the nodes that share a device do not share. Exclusive opening keeps out other exclusive ones alone
 * (open(2)), so LVM and loop devices use it meanwhile, and it ends with its process.
 */
export async function whileDeviceHeld<T>(device: string, work: () => Promise<T>): Promise<T> {
  const handle = await pRetry(() => hold(device), { ...retry, shouldRetry: ({ error }) => isBusy(error) });
  try {
    return await work();
  } finally {
    await handle.close();
  }
}

function hold(device: string): Promise<FileHandle> {
  return open(device, constants.O_RDONLY | constants.O_EXCL);
}

function isBusy(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === "EBUSY";
}
