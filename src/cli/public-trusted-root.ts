// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { initTUF } from "@sigstore/tuf";
import { KitError, toError } from "../support/errors.ts";
import { cacheHome } from "../support/paths.ts";

/**
 * Sigstore's trusted root, fetched through its update framework and kept in the cache.
 * @throws KitError `TRUSTED_ROOT_UNREACHABLE` of kind `host`
 */
export async function fetchTrustedRoot(): Promise<string> {
  try {
    const client = await initTUF({ cachePath: join(cacheHome(), "sigstore") });
    return await client.getTarget("trusted_root.json");
  } catch (thrown) {
    const why = toError(thrown).message.split("\n")[0] ?? "";
    throw new KitError("TRUSTED_ROOT_UNREACHABLE", `get Sigstore's trusted root: ${why}`, {
      kind: "host",
      cause: thrown,
      hint: "Without a network name a copy of it with --trusted-root: a machine that has one keeps it below $XDG_CACHE_HOME/seaworthy/sigstore, as targets/trusted_root.json.",
    });
  }
}
