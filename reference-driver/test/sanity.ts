// SPDX-License-Identifier: Apache-2.0
// Builds csi-sanity, runs it against the driver in standalone mode on a real pool, and leaves nothing behind.
import { mkdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import pRetry from "p-retry";
import { loopsOver, makePool, whyNoPool } from "./temporary-pool.ts";
import type { TemporaryPool } from "./temporary-pool.ts";

const PROGRAM = "github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity";
const root = path.join(import.meta.dirname, "../..");
const GIB = 1024 ** 3;

const reason = await whyNoPool();
if (reason === undefined) {
  const program = await buildSanity();
  process.exitCode = await onPool(program);
} else {
  process.stderr.write(`csi-sanity cannot run here: ${reason}\n`);
  process.exitCode = 2;
}

async function buildSanity(): Promise<string> {
  const cache = path.join(process.env["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "seaworthy");
  const program = path.join(cache, "csi-sanity-v5.6.0");
  await mkdir(cache, { recursive: true });
  await execa("go", ["build", "-o", program, PROGRAM], {
    cwd: path.join(root, "images/go/csi-sanity"),
    stdio: "inherit",
  });
  return program;
}

async function onPool(program: string): Promise<number> {
  const pool = await makePool("sanity-node", 32 * GIB);
  const driver = startDriver(pool);
  try {
    const socket = path.join(pool.folder, "csi.sock");
    await pRetry(() => stat(socket), { retries: 20, minTimeout: 100, factor: 1 });
    return await runSanity(program, pool, socket);
  } finally {
    driver.kill("SIGTERM");
    await driver;
    const left = await loopsOver(pool.device);
    if (left.length > 0) process.stdout.write(`left by the driver: ${left.join(", ")}\n`);
    await pool.remove();
  }
}

function startDriver(pool: TemporaryPool) {
  const bundle = path.join(import.meta.dirname, "../dist/driver.mjs");
  const args = [
    "standalone",
    "--endpoint",
    `unix://${pool.folder}/csi.sock`,
    "--node",
    pool.node,
    "--pools",
    pool.poolsFile,
  ];
  const file = process.env["SANITY_DRIVER_LOG"] ?? path.join(pool.folder, "driver.log");
  return execa(process.execPath, [bundle, ...args], {
    reject: false,
    stdio: ["ignore", { file }, "inherit"],
  });
}

async function runSanity(program: string, pool: TemporaryPool, socket: string): Promise<number> {
  const args = [
    "--csi.endpoint",
    `unix://${socket}`,
    "--csi.mountdir",
    path.join(pool.folder, "mount"),
    "--csi.stagingdir",
    path.join(pool.folder, "staging"),
    "--csi.testvolumesize",
    String(64 * 1024 ** 2),
    "--csi.testvolumeexpandsize",
    String(128 * 1024 ** 2),
    "--ginkgo.no-color",
    ...process.argv.slice(2),
  ];
  const { exitCode } = await execa(program, args, { reject: false, stdio: "inherit" });
  return exitCode ?? 1;
}
