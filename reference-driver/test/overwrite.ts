// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../src/support/run-command.ts";

/** Writes random bytes over the start of a device, past the page cache. */
export async function overwrite(device: string, mebibytes: number): Promise<void> {
  const size = ["bs=1M", `count=${String(mebibytes)}`, "oflag=direct", "status=none"];
  await runCommand(["dd", "if=/dev/urandom", `of=${device}`, ...size]);
}
