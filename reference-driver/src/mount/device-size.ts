// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";

/** Size of a block device in bytes. */
export async function deviceBytes(device: string): Promise<number> {
  return Number((await runCommand(["blockdev", "--getsize64", device])).stdout);
}
