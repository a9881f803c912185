// SPDX-License-Identifier: Apache-2.0
import { stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import pRetry from "p-retry";
import type { Scope } from "../src/csi/scope.ts";
import { loopsOver, makePool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const GIB = 1024 ** 3;
/** The driver's start is slow where system calls are. */
const LONGEST_START = { retries: 300, minTimeout: 100, factor: 1 };

/** What a run of csi-sanity needs. */
export interface SanityParts {
  /** csi-sanity. */
  readonly program: string;
  /** The driver's bundle. */
  readonly driver: string;
  /** More flags of csi-sanity. */
  readonly flags: readonly string[];
  /** Whether the pool is the node's own or its zone's. */
  readonly scope: Scope;
}

/** Runs csi-sanity against the driver in standalone mode on a fresh pool; gives its exit code. */
export async function sanityOnPool({ program, driver: bundle, flags, scope }: SanityParts): Promise<number> {
  const pool = await makePool("sanity-node", 32 * GIB, scope === "zone" ? "sanity-zone" : undefined);
  const driver = startDriver(pool, bundle, scope);
  try {
    const socket = path.join(pool.folder, "csi.sock");
    await pRetry(() => stat(socket), LONGEST_START);
    return await runSanity(program, pool, [...flags, "--csi.endpoint", `unix://${socket}`]);
  } finally {
    driver.kill("SIGTERM");
    await driver;
    const left = await loopsOver(pool.device);
    if (left.length > 0) process.stdout.write(`left by the driver: ${left.join(", ")}\n`);
    await pool.remove();
  }
}

function startDriver(pool: TemporaryPool, bundle: string, scope: Scope) {
  const args = [
    "standalone",
    "--endpoint",
    `unix://${pool.folder}/csi.sock`,
    "--node",
    pool.node,
    "--pools",
    pool.poolsFile,
    "--scope",
    scope,
    "--driver-name",
    scope === "zone" ? "zonal.seaworthy.dev" : "local.seaworthy.dev",
  ];
  const file = process.env["SANITY_DRIVER_LOG"] ?? path.join(pool.folder, "driver.log");
  return execa(process.execPath, [bundle, ...args], {
    reject: false,
    stdio: ["ignore", { file }, "inherit"],
  });
}

async function runSanity(program: string, pool: TemporaryPool, flags: readonly string[]): Promise<number> {
  const args = [
    "--csi.mountdir",
    path.join(pool.folder, "mount"),
    "--csi.stagingdir",
    path.join(pool.folder, "staging"),
    "--csi.testvolumesize",
    String(64 * 1024 ** 2),
    "--csi.testvolumeexpandsize",
    String(128 * 1024 ** 2),
    "--csi.testvolumemutableparameters",
    await writeMutableParameters(pool),
    "--ginkgo.no-color",
    ...flags,
  ];
  const { exitCode } = await execa(program, args, { reject: false, stdio: "inherit" });
  return exitCode ?? 1;
}

async function writeMutableParameters(pool: TemporaryPool): Promise<string> {
  const file = path.join(pool.folder, "mutable-parameters.yaml");
  await writeFile(file, 'readAheadKiB: "512"\n');
  return file;
}
