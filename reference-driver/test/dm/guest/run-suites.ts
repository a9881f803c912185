// SPDX-License-Identifier: Apache-2.0
// Runs the declared suites one test after the other and writes one line of JSON for each to the folder shared with the host.
import { appendFileSync, readFileSync } from "node:fs";
import { detectActivation } from "../../../src/store/detect-activation.ts";
import { RESULTS } from "../guest-event.ts";
import type { GuestEvent } from "../guest-event.ts";
import { suites } from "./harness.ts";
import type { Suite } from "./harness.ts";

const LONGEST_TEST_MS = 180_000;

let failures = 0;
const kernel = readFileSync("/proc/sys/kernel/osrelease", "utf8").trim();
write({ event: "start", kernel, activation: (await detectActivation()).kind });
for (const suite of suites) await runSuite(suite);
write({ event: "end" });
process.exit(failures === 0 ? 0 : 1);

async function runSuite(suite: Suite): Promise<void> {
  const tell = (test: string, outcome: "passed" | "failed" | "skipped", ms: number, message?: string) => {
    if (outcome !== "passed") failures += 1;
    write({
      event: "test",
      suite: suite.name,
      test,
      outcome,
      ms,
      ...(message === undefined ? {} : { message }),
    });
  };
  const attempt = async (name: string, bodies: readonly (() => unknown)[]): Promise<string | undefined> => {
    try {
      for (const body of bodies) await withinLimit(body);
      return undefined;
    } catch (error) {
      return `${name}: ${describeError(error)}`;
    }
  };

  const prepared = suite.skipped ? undefined : await attempt("beforeAll", suite.beforeAll);
  for (const { name, body } of suite.tests) {
    if (suite.skipped || prepared !== undefined) {
      tell(name, suite.skipped ? "skipped" : "failed", 0, prepared);
      continue;
    }
    const started = Date.now();
    const failed = await attempt("test", [...suite.beforeEach, body]);
    const uncleaned = await attempt("afterEach", suite.afterEach);
    const message = failed ?? uncleaned;
    tell(name, message === undefined ? "passed" : "failed", Date.now() - started, message);
  }
  const left = suite.skipped ? undefined : await attempt("afterAll", suite.afterAll);
  if (left !== undefined) tell("afterAll", "failed", 0, left);
}

async function withinLimit(body: () => unknown): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = (): void => reject(new Error(`not done after ${String(LONGEST_TEST_MS / 1000)} s`));
  const timer = setTimeout(late, LONGEST_TEST_MS);
  try {
    await Promise.race([body(), promise]);
  } finally {
    clearTimeout(timer);
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function write(event: GuestEvent): void {
  appendFileSync(`/mnt/work/${RESULTS}`, `${JSON.stringify(event)}\n`, { flush: true });
  process.stdout.write(lineFor(event));
}

function lineFor(event: GuestEvent): string {
  switch (event.event) {
    case "start":
      return `guest kernel ${event.kernel}, activation ${event.activation}\n`;
    case "test": {
      const sign = { passed: "✓", failed: "✗", skipped: "-" }[event.outcome];
      const message = event.message === undefined ? "" : `\n${event.message}`;
      return `${sign} ${event.suite} > ${event.test} (${(event.ms / 1000).toFixed(1)} s)${message}\n`;
    }
    case "end":
      return "";
  }
}
