// SPDX-License-Identifier: Apache-2.0
import { homedir } from "node:os";
import path from "node:path";

/** Where the kit keeps what can be made again. */
export function cacheFolder(): string {
  return path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "seaworthy");
}
