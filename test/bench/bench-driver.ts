// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { loopsOver, makePool, type TemporaryPool } from "../../reference-driver/test/temporary-pool.ts";
import { exec } from "../../src/support/exec.ts";
import { benchOracle } from "./bench-oracle.ts";
import { quantile, type Figure } from "./figures.ts";
import { startDriver, type StandaloneDriver } from "./standalone-driver.ts";

const GIB = 1024 ** 3;
const VOLUMES = 50;
const ext4 = { mount: { fsType: "ext4" }, accessMode: { mode: "SINGLE_NODE_WRITER" } };

/** What was measured without a cluster. */
export interface DriverBench {
  readonly figures: readonly Figure[];
  /** Milliseconds of each CreateVolume, in order. */
  readonly createMs: readonly number[];
}

/** The driver in a process of its own, on a volume group made for it, called over its socket. */
export async function benchDriver(): Promise<DriverBench> {
  const pool = await makePool("bench-node", (VOLUMES + 6) * GIB);
  try {
    const driver = await startDriver(pool);
    try {
      const created = await benchCreate(driver, pool);
      const oracle = await benchOracle(await stageOne(driver, pool));
      const { now, peak } = await driver.memory();
      const memory: Figure = {
        name: "driver: resident memory",
        value: now,
        unit: "MiB",
        goal: { atMost: 120 },
        how: `standalone, after the calls above; ${peak.toFixed(0)} MiB at most`,
      };
      return { figures: [...created.figures, memory, ...oracle], createMs: created.createMs };
    } finally {
      await driver.stop();
    }
  } finally {
    await pool.remove();
  }
}

/** CreateVolume and, turn by turn, the one command of LVM that it cannot do without. */
async function benchCreate(driver: StandaloneDriver, pool: TemporaryPool): Promise<DriverBench> {
  const createMs: number[] = [];
  const lvcreateMs: number[] = [];
  const ids: unknown[] = [];
  for (let turn = 0; turn < VOLUMES; turn += 1) {
    lvcreateMs.push(await timed(() => cutByLvm(pool, turn)));
    await exec(["lvremove", "--driverloaded", "n", "-y", `${pool.volumeGroup}/bare-${String(turn)}`]);
    createMs.push(await timed(async () => ids.push(await createVolume(driver, `bench-${String(turn)}`))));
  }
  for (const volumeId of ids) await driver.call("Controller", "deleteVolume", { volumeId });
  const [p50, p95, bare] = [quantile(createMs, 0.5), quantile(createMs, 0.95), quantile(lvcreateMs, 0.5)];
  const how = `${String(VOLUMES)} calls one after another, the group filling up`;
  return {
    createMs,
    figures: [
      { name: "CreateVolume, 1 GiB: p50", value: p50, unit: "ms", how },
      { name: "CreateVolume, 1 GiB: p95", value: p95, unit: "ms", goal: { atMost: 150 }, how },
      {
        name: "lvcreate, 1 GiB: p50",
        value: bare,
        unit: "ms",
        how: "the command alone, turn by turn with the calls",
      },
      { name: "CreateVolume as lvcreates", value: p50 / bare, unit: "ratio", how: "p50 by p50" },
    ],
  };
}

async function cutByLvm({ volumeGroup }: TemporaryPool, turn: number): Promise<void> {
  const flags = ["--driverloaded", "n", "-an", "-Zn", "-Wn", "-y", "--alloc", "contiguous"];
  await exec(["lvcreate", ...flags, "--size", "1g", "--name", `bare-${String(turn)}`, volumeGroup]);
}

async function createVolume(driver: StandaloneDriver, name: string): Promise<string> {
  const request = { name, capacityRange: { requiredBytes: GIB }, volumeCapabilities: [ext4] };
  const answer = await driver.call("Controller", "createVolume", request);
  return (answer["volume"] as { volumeId: string }).volumeId;
}

async function stageOne(driver: StandaloneDriver, pool: TemporaryPool): Promise<string> {
  const stagingTargetPath = join(pool.folder, "staging");
  await mkdir(stagingTargetPath);
  const volumeId = await createVolume(driver, "oracle");
  await driver.call("Node", "nodeStageVolume", { volumeId, stagingTargetPath, volumeCapability: ext4 });
  // Two loop devices lie under the volume. With their caches in between, dd would measure this machine's memory.
  for (const loop of [pool.device, ...(await loopsOver(pool.device))])
    await exec(["losetup", "--direct-io=on", loop]);
  return stagingTargetPath;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
