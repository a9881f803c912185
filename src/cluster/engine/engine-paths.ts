// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { join } from "node:path";
import { cacheHome, stateHome } from "../../support/paths.ts";

/** Where the kit's own engine lives. */
export interface EnginePaths {
  readonly runFolder: string;
  readonly socketFile: string;
  /** For DOCKER_HOST. */
  readonly socket: string;
  readonly pidFile: string;
  readonly execRoot: string;
  /** Images and container file systems; stays in the cache, so that nothing is loaded twice. */
  readonly dataRoot: string;
  readonly log: string;
}

/** Short, because a Unix socket's path is limited to 107 bytes (unix(7)); one per state folder, so two users' engines do not meet. */
export function enginePaths(): EnginePaths {
  const runFolder = `/run/seaworthy-${createHash("sha256").update(stateHome()).digest("hex").slice(0, 8)}`;
  const socketFile = join(runFolder, "docker.sock");
  return {
    runFolder,
    socketFile,
    socket: `unix://${socketFile}`,
    pidFile: join(runFolder, "docker.pid"),
    execRoot: join(runFolder, "exec"),
    dataRoot: join(cacheHome(), "engine"),
    log: join(runFolder, "docker.log"),
  };
}
