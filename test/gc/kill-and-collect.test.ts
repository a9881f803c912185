// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { docker } from "../../src/cluster/engine/docker.ts";
import { enginePaths } from "../../src/cluster/engine/engine-paths.ts";
import { exec } from "../../src/support/exec.ts";
import { stateHome } from "../../src/support/paths.ts";
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
async function killUp(moment: () => Promise<unknown>): Promise<string[]> {
  const up = seaworthy(["up", "--cluster", "one-zone"]);
  const early = up.then((ended) => Promise.reject(new Error(`up ended early: ${ended.stderr}`)));
  try {
    await Promise.race([moment(), early]);
  } finally {
    up.kill("SIGKILL");
    await up;
  }
  return findHostTraces();
}

async function expectCollected(): Promise<void> {
  const collected = await seaworthy(["gc"]);
  expect(collected.exitCode, collected.stderr).toBe(0);
  expect(await findHostTraces()).toEqual([]);
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
