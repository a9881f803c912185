// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";

const NOTHING_FOUND = 2;

/** Type of what is on a device, undefined when it is blank (blkid(8) low-level probing, exit code 2). */
export async function contentType(device: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runCommand(["blkid", "-p", "-o", "export", device], [0, NOTHING_FOUND]);
  if (exitCode === NOTHING_FOUND) return undefined;
  return /^(?:TYPE|PTTYPE)=(.+)$/m.exec(stdout)?.[1] ?? "unknown";
}
