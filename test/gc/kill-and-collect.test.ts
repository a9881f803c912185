// SPDX-License-Identifier: Apache-2.0
import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { docker } from "../../src/cluster/engine/docker.ts";
import { enginePaths } from "../../src/cluster/engine/engine-paths.ts";
import { exec } from "../../src/support/exec.ts";
import { cacheHome, stateHome } from "../../src/support/paths.ts";
import { seaworthy } from "../seaworthy.ts";
import { findHostTraces } from "./host-traces.ts";
import { untilFile } from "./until-file.ts";

const journals = join(stateHome(), "journals");
const clusterFolder = join(stateHome(), "clusters", "sw-one-zone");
const minutes = 60_000;

beforeAll(async () => {
  expect(await findHostTraces(), "a cluster of the kit is up: run `seaworthy gc` first").toEqual([]);
});

afterEach(async () => {
  await seaworthy(["gc"]);
});

/** Starts `up`, kills the kit alone at the given moment, as a crash would, and returns what is then on the host. */
async function killUp(
  moment: () => Promise<unknown>,
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const up = seaworthy(["up", "--cluster", "one-zone"], env);
  await Promise.race([
    moment(),
    up.then((ended) => Promise.reject(new Error(`up ended early: ${ended.stderr}`))),
  ]);
  up.kill("SIGKILL");
  await up;
  return findHostTraces(
    env["XDG_CACHE_HOME"] === undefined ? undefined : join(env["XDG_CACHE_HOME"], "seaworthy"),
  );
}

async function expectCollected(env: Readonly<Record<string, string>> = {}): Promise<void> {
  const collected = await seaworthy(["gc"], env);
  expect(collected.exitCode, collected.stderr).toBe(0);
  expect(
    await findHostTraces(
      env["XDG_CACHE_HOME"] === undefined ? undefined : join(env["XDG_CACHE_HOME"], "seaworthy"),
    ),
  ).toEqual([]);
}

test("Killed while the engine starts, it leaves nothing after gc", async () => {
  const traces = await killUp(() => untilFile(journals, /^engine\.ndjson$/, 5 * minutes));
  expect(traces).not.toEqual([]);
  await expectCollected();
});

test("Killed while kind makes the nodes, it leaves nothing after gc", async () => {
  const traces = await killUp(async () => {
    await untilFile(clusterFolder, /^kind\.yaml$/, 5 * minutes);
    // the first container of the cluster starts
    const events = exec(
      [
        "timeout",
        "60",
        "docker",
        "--host",
        enginePaths().socket,
        "events",
        "--filter",
        "event=start",
        "--format",
        "{{.Actor.Attributes.name}}",
      ],
      { allowFailure: true, onLine: () => started() },
    );
    let started: () => void = () => undefined;
    await new Promise<void>((resolve) => (started = resolve));
    void events;
  });
  expect(traces.some((trace) => trace.startsWith("loop device"))).toBe(true);
  await expectCollected();
});

test("Killed while the driver is deployed, it leaves nothing after gc", async () => {
  await killUp(() => untilFile(clusterFolder, /^cluster\.json$/, 5 * minutes));
  const containers = await docker(enginePaths(), ["ps", "--all", "--quiet"]);
  expect(containers.stdout.split("\n")).toHaveLength(3);
  await expectCollected();
});

test("Killed while the node image is built, it leaves nothing half-made in the cache after gc", async () => {
  const home = await mkdtemp(join(tmpdir(), "seaworthy-cache-"));
  const env = { XDG_CACHE_HOME: home };
  try {
    await mkdir(join(home, "seaworthy/artefacts"), { recursive: true });
    for (const name of await readdir(join(cacheHome(), "artefacts"))) {
      if (!name.startsWith("node-image"))
        await cp(join(cacheHome(), "artefacts", name), join(home, "seaworthy/artefacts", name), {
          recursive: true,
        });
    }
    const traces = await killUp(async () => {
      const unfinished = await untilFile(join(home, "seaworthy/unfinished"), /^node-image/, minutes);
      await untilFile(join(unfinished, "root"), /^setup\.sh$/, 2 * minutes);
    }, env);
    expect(traces.some((trace) => trace.includes("unfinished"))).toBe(true);
    await expectCollected(env);
    expect(
      (await readdir(join(home, "seaworthy/artefacts"))).filter((name) => name.startsWith("node-image")),
    ).toEqual([]);
  } finally {
    await rm(home, { recursive: true });
  }
});
