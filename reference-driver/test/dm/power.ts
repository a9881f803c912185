// SPDX-License-Identifier: Apache-2.0
// Cuts a machine's power while it writes, and looks on the same disk for every byte that was confirmed: in user-mode Linux,
// which has a kernel and a page cache of its own. What a disk keeps in a cache of its own is not lost here: the guest's disk is
// a file that the host writes at once. `--without-sync` shows that it can fail: then records are confirmed that were not synced.
import { watch } from "node:fs";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundlePowerLoss } from "./bundle-guest.ts";
import { fetchKernel } from "./kernel-package.ts";
import { runMachine } from "./machine.ts";
import type { MachineParts } from "./machine.ts";
import { ACKNOWLEDGED, LOSSES } from "./power-files.ts";
import { withWorkFolder } from "./work-folder.ts";

/** Confirmed records after which the power goes: some seconds of writing, and never the same moment twice. */
const RECORDS = 200 + Math.floor(Math.random() * 200);
const LONGEST_BOOT_MS = 300_000;

const { values } = parseArgs({ options: { "without-sync": { type: "boolean", default: false } } });
const sync = values["without-sync"] ? "0" : "1";

try {
  process.exitCode = await withWorkFolder(cutAndLook);
} catch (error) {
  process.stderr.write(`test:power: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

async function cutAndLook(work: string, signal: AbortSignal): Promise<number> {
  const kernel = await fetchKernel();
  await bundlePowerLoss(path.join(work, "guest.mjs"));
  const parts = { kernel, work, timeoutMs: LONGEST_BOOT_MS };
  const life = (name: string, on: AbortSignal): MachineParts => ({
    ...parts,
    name,
    environment: { LIFE: name, SYNC: sync },
    signal: on,
  });
  const cut = new AbortController();
  const writing = runMachine(life("before", AbortSignal.any([signal, cut.signal])));
  await Promise.race([writing.then(tooEarly), untilAcknowledged(work, RECORDS, signal)]);
  cut.abort();
  await writing.catch((error: unknown) => {
    if (signal.aborted) throw error;
  });
  const confirmed = await acknowledgedIn(work);
  const exitCode = await runMachine(life("after", signal));
  const losses = (await readFile(path.join(work, LOSSES), "utf8")).trim();
  const passed = exitCode === 0 && losses === "";
  const seen = losses === "" ? "" : `\n${losses}`;
  process.stdout.write(
    `${passed ? "passed" : "FAILED"}: power cut after ${String(confirmed)} confirmed records${seen}\n`,
  );
  return passed ? 0 : 1;
}

function tooEarly(exitCode: number): never {
  throw new Error(`the machine ended by itself, with exit code ${String(exitCode)}`);
}

async function acknowledgedIn(work: string): Promise<number> {
  const text = await readFile(path.join(work, ACKNOWLEDGED), "utf8").catch(() => "");
  return text.split("\n").length - 1;
}

async function untilAcknowledged(work: string, count: number, signal: AbortSignal): Promise<void> {
  const watcher = watch(work);
  try {
    while ((await acknowledgedIn(work)) < count) await once(watcher, "change", { signal });
  } finally {
    watcher.close();
  }
}
