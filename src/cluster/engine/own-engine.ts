// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, rm, stat, watch } from "node:fs/promises";
import { startDaemon } from "../../support/daemon.ts";
import { KitError } from "../../support/errors.ts";
import { Journal } from "../journal.ts";
import { askEngine, type Engine } from "./docker.ts";
import { enginePaths, type EnginePaths } from "./engine-paths.ts";
import { readPacketFilter } from "./packet-filter.ts";
import { findEngineProcess } from "./stop-engine.ts";

/** Milliseconds for dockerd to serve: 3 s here; an old data root is checked first. */
const startTimeout = 60_000;

/** Milliseconds for an engine that says it runs to say so. */
const answerTimeout = 5_000;

/** The engine the kit started earlier, when it still answers. */
export function findOwnEngine(): Promise<Engine | undefined> {
  const paths = enginePaths();
  return stat(paths.socketFile).then(
    () => askEngine(paths.socket, true, answerTimeout),
    () => undefined,
  );
}

/**
 * Starts a Docker engine with its own data root, socket and run folder, and no default bridge.
 * @param boundedRunc runtime wrapper for a host with a reduced bounding set; undefined where runc works as it is
 */
export async function startOwnEngine(boundedRunc: string | undefined): Promise<Engine> {
  const paths = enginePaths();
  const journal = new Journal("engine");
  if ((await journal.entries()).length === 0) {
    await journal.record(
      { kind: "folder", path: paths.runFolder },
      { kind: "mounts", below: paths.dataRoot },
      { kind: "mounts", below: paths.execRoot },
      { kind: "packet-filter", before: await readPacketFilter() },
      {
        kind: "docker-engine",
        pidFile: paths.pidFile,
        ...(boundedRunc === undefined ? {} : { boundedRunc }),
      },
    );
  }
  await mkdir(paths.runFolder, { recursive: true, mode: 0o700 });
  await mkdir(paths.dataRoot, { recursive: true, mode: 0o711 });
  await rm(paths.socketFile, { force: true });
  await removeStalePidFile(paths);
  const daemon = await startDaemon(dockerdCommand(paths, boundedRunc), paths.log);
  const ended = daemon.ended.then((code) => `dockerd ended with code ${String(code)}`);
  const outcome = await Promise.race([ended, firstAnswer(paths)]);
  if (typeof outcome !== "string") return outcome;
  const lastLines = (await readFile(paths.log, "utf8")).trim().split("\n").slice(-3).join(" | ");
  throw new KitError("ENGINE_START_FAILED", `the kit's own Docker engine did not start: ${outcome}`, {
    kind: "host",
    hint: `its last words: ${lastLines}`,
  });
}

function dockerdCommand(paths: EnginePaths, boundedRunc: string | undefined): [string, ...string[]] {
  const runtime =
    boundedRunc === undefined
      ? []
      : ["--add-runtime", `bounded=${boundedRunc}`, "--default-runtime", "bounded"];
  const places = ["--data-root", paths.dataRoot, "--exec-root", paths.execRoot, "--pidfile", paths.pidFile];
  return ["dockerd", "--host", paths.socket, "--group", "root", "--bridge", "none", ...places, ...runtime];
}

/** Waits for the socket to appear, then for dockerd to answer on it: it accepts early and answers when it is ready. */
async function firstAnswer(paths: EnginePaths): Promise<Engine | string> {
  const limit = AbortSignal.timeout(startTimeout);
  try {
    await untilFile(paths.runFolder, paths.socketFile, limit);
  } catch {
    return `no socket after ${String(startTimeout / 1000)} s`;
  }
  return (
    (await askEngine(paths.socket, true, startTimeout)) ?? `no answer after ${String(startTimeout / 1000)} s`
  );
}

async function untilFile(folder: string, file: string, signal: AbortSignal): Promise<void> {
  const changes = watch(folder, { signal });
  const seen = async (): Promise<boolean> => (await stat(file).catch(() => undefined)) !== undefined;
  const next = changes[Symbol.asyncIterator]();
  let pending = next.next();
  while (!(await seen())) {
    await pending;
    pending = next.next();
  }
  pending.catch(() => undefined);
  await next.return?.();
}

async function removeStalePidFile(paths: EnginePaths): Promise<void> {
  const pid = await findEngineProcess(paths.pidFile);
  if (pid === undefined) return rm(paths.pidFile, { force: true });
  throw new KitError(
    "ENGINE_STUCK",
    `dockerd (process ${String(pid)}) of an earlier run is there but does not answer`,
    {
      kind: "host",
      hint: "run `seaworthy gc`, which stops it and cleans up",
    },
  );
}
