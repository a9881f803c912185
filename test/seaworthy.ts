// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { execa } from "execa";
import { packageRoot } from "../src/support/paths.ts";

/** Starts the command line as a user would; the result has stdout, stderr and exitCode. */
export function seaworthy(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, [join(packageRoot, "bin/seaworthy.js"), ...args], {
    env: { CI: "1", ...env },
    reject: false,
    cwd: packageRoot,
  });
}
