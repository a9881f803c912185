// SPDX-License-Identifier: Apache-2.0
import { exec } from "../support/exec.ts";
import { isPackaged } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";

/** The commit that runs; `unknown` where the kit is an installed package or git does not answer. */
export async function kitCommit(): Promise<string> {
  if (isPackaged) return "unknown";
  const answer = await exec(["git", "-C", packageRoot, "rev-parse", "HEAD"], { allowFailure: true });
  return answer.exitCode === 0 ? answer.stdout.trim() : "unknown";
}
