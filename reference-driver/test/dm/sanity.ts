// SPDX-License-Identifier: Apache-2.0
// Runs csi-sanity against the built driver on real device-mapper, in user-mode Linux.
import { copyFile, cp, readFile } from "node:fs/promises";
import path from "node:path";
import { buildSanity } from "../build-sanity.ts";
import { bundleSanity } from "./bundle-guest.ts";
import { ACTIVATION } from "./guest-event.ts";
import { fetchKernel } from "./kernel-package.ts";
import { runMachine } from "./machine.ts";
import { withWorkFolder } from "./work-folder.ts";

const LONGEST_RUN_MS = 1_800_000;
const dist = path.join(import.meta.dirname, "../../dist");

try {
  process.exitCode = await withWorkFolder(runSanity);
} catch (error) {
  process.stderr.write(`sanity:dm: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function runSanity(work: string, signal: AbortSignal): Promise<number> {
  const started = Date.now();
  const kernel = await fetchKernel();
  await copyFile(await buildSanity(), path.join(work, "csi-sanity"));
  await cp(dist, path.join(work, "dist"), { recursive: true });
  await bundleSanity(path.join(work, "guest.mjs"));
  const environment: Record<string, string> = {};
  const flags = process.argv.slice(2);
  if (flags.length > 0) environment["SANITY_FLAGS"] = flags.join("@");
  const exitCode = await runMachine({
    name: "sanity",
    kernel,
    work,
    environment,
    timeoutMs: LONGEST_RUN_MS,
    signal,
  });
  const activation = await readFile(path.join(work, ACTIVATION), "utf8");
  const passed = exitCode === 0 && activation === "device-mapper";
  const seconds = Math.round((Date.now() - started) / 1000);
  const seen = `csi-sanity exit code ${String(exitCode)} on ${activation}, ${String(seconds)} s`;
  process.stdout.write(`${passed ? "passed" : "FAILED"}: ${seen}\n`);
  return passed ? 0 : 1;
}
