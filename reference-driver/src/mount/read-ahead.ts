// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";

/** Sets how far the kernel reads ahead of sequential readers of a device; blockdev(8) counts in sectors of 512 bytes. */
export async function setReadAhead(device: string, kib: number): Promise<void> {
  await runCommand(["blockdev", "--setra", String(kib * 2), device]);
}
