// SPDX-License-Identifier: Apache-2.0
// Runs the pool tests on real device-mapper, in user-mode Linux: all files, or those named (`volumes` is volumes.pool.ts).
// `--mutant SLUG` runs them on a broken driver: they must fail. `--timeout SECONDS` is a guest's longest time.
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundlePoolTests, poolTestFiles } from "./bundle-guest.ts";
import { faultOf, readEvents } from "./guest-event.ts";
import { fetchKernel } from "./kernel-package.ts";
import { runMachine } from "./machine.ts";
import { withWorkFolder } from "./work-folder.ts";

const LONGEST_RUN_S = "420";

interface Outcome {
  readonly file: string;
  readonly tests: number;
  /** Undefined when everything passed. */
  readonly fault: string | undefined;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { mutant: { type: "string" }, timeout: { type: "string", default: LONGEST_RUN_S } },
});
const environment = values.mutant === undefined ? {} : { REFERENCE_DRIVER_MUTANT: values.mutant };
const timeoutMs = Number(values.timeout) * 1000;

try {
  const started = Date.now();
  const outcomes = await withWorkFolder(runAll);
  report(outcomes, Math.round((Date.now() - started) / 1000));
} catch (error) {
  process.stderr.write(`test:dm: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}

/** One guest for each file of tests, as many at a time as there are processors. */
async function runAll(folder: string, signal: AbortSignal): Promise<Outcome[]> {
  const kernel = await fetchKernel();
  const chosen = (file: string) =>
    positionals.length === 0 || positionals.includes(path.basename(file, ".pool.ts"));
  const waiting = (await poolTestFiles()).filter(chosen);
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      outcomes.push(await runFile(file));
    }
  };

  async function runFile(file: string): Promise<Outcome> {
    const name = path.basename(file, ".pool.ts");
    const work = path.join(folder, name);
    await mkdir(work);
    await bundlePoolTests(file, path.join(work, "guest.mjs"));
    try {
      const exitCode = await runMachine({ name, kernel, work, environment, timeoutMs, signal });
      const events = await readEvents(work);
      const tests = events.filter((event) => event.event === "test").length;
      return { file, tests, fault: faultOf(events, exitCode) };
    } catch (error) {
      return { file, tests: 0, fault: error instanceof Error ? error.message : String(error) };
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return outcomes;
}

function report(outcomes: readonly Outcome[], seconds: number): void {
  const bad = outcomes.filter(({ fault }) => fault !== undefined);
  for (const { file, fault } of bad) process.stdout.write(`FAILED: ${file}: ${fault ?? ""}\n`);
  const tests = outcomes.reduce((sum, outcome) => sum + outcome.tests, 0);
  const passed = outcomes.length > 0 && bad.length === 0;
  const ran = `${String(tests)} tests of ${String(outcomes.length)} files on device-mapper, ${String(seconds)} s`;
  process.stdout.write(`${passed ? "passed" : "FAILED"}: ${ran}\n`);
  process.exitCode = passed ? 0 : 1;
}
