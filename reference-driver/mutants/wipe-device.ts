// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../src/support/run-command.ts";

const MEGABYTE = 1024 ** 2;

/** Writes zeros over a device, also while it is mounted. */
export async function wipeDevice(device: string, bytes: number): Promise<void> {
  const count = `count=${String(bytes / MEGABYTE)}`;
  const how = ["bs=1M", count, "oflag=direct", "conv=notrunc", "status=none"];
  await runCommand(["dd", "if=/dev/zero", `of=${device}`, ...how]);
}
