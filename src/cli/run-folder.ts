// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { packageRoot } from "../support/paths.ts";

/** `reports/runs/<time>-<subject>`. @param started milliseconds since the epoch */
export function runFolder(started: number, subject: string): string {
  const time = new Date(started).toISOString().replaceAll(/[:-]|\.\d+/g, "");
  return join(packageRoot, "reports/runs", `${time}-${subject}`);
}
