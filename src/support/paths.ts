// SPDX-License-Identifier: Apache-2.0
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout or installed package: where suites, clusters, fixtures and images are read from. */
export const packageRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Built images and binaries: safe to delete, costs only time. XDG Base Directory: `$XDG_CACHE_HOME/seaworthy`. */
export function cacheHome(): string {
  return resolve(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "seaworthy");
}

/** Journals, kubeconfigs and pool files of what exists now: `$XDG_STATE_HOME/seaworthy`. */
export function stateHome(): string {
  return resolve(process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"), "seaworthy");
}
