// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { isPackaged } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";

/** `reports/runs/<time>-<subject>`, in the checkout or, for an installed kit, where it is run. @param started milliseconds since the epoch */
export function runFolder(started: number, subject: string): string {
  const time = new Date(started).toISOString().replaceAll(/[:-]|\.\d+/g, "");
  return join(isPackaged ? process.cwd() : packageRoot, "reports/runs", `${time}-${subject}`);
}
