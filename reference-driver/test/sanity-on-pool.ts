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
  /** The driver's bundle, and what stands before the mode on its command line. */
  readonly driver: readonly [string, ...string[]];
  /** More flags of csi-sanity. */
  readonly flags: readonly string[];
  /** Whether the pool is the node's own or its zone's. */
  readonly scope: Scope;
  /** File for the results, as JUnit. */
  readonly junit: string;
}

/** How many volumes the zone's node may have attached: few, as csi-sanity attaches one more. */
const MOST_ATTACHED = 3;

/** Runs csi-sanity against the driver in standalone mode on a fresh pool; gives its exit code. */
export async function sanityOnPool(parts: SanityParts): Promise<number> {
  const { scope } = parts;
  const pool = await makePool("sanity-node", 32 * GIB, scope === "zone" ? "sanity-zone" : undefined);
  const driver = startDriver(pool, parts);
  try {
    const socket = path.join(pool.folder, "csi.sock");
    await pRetry(() => stat(socket), LONGEST_START);
    const attach = scope === "zone" ? ["--csi.testnodevolumeattachlimit"] : [];
    const where = ["--csi.endpoint", `unix://${socket}`, "--ginkgo.junit-report", parts.junit];
    return await runSanity(parts.program, pool, [...parts.flags, ...attach, ...where]);
  } finally {
    driver.kill("SIGTERM");
    await driver;
    const left = await loopsOver(pool.device);
    if (left.length > 0) process.stdout.write(`left by the driver: ${left.join(", ")}\n`);
    await pool.remove();
  }
}

function startDriver(pool: TemporaryPool, { driver, scope }: SanityParts) {
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
    "--max-volumes",
    scope === "zone" ? String(MOST_ATTACHED) : "0",
  ];
  const file = process.env["SANITY_DRIVER_LOG"] ?? path.join(pool.folder, "driver.log");
  return execa(process.execPath, [...driver, ...args], {
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
