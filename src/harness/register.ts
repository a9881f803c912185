// SPDX-License-Identifier: Apache-2.0
import { appendFileSync } from "node:fs";
import { inject, test } from "vitest";
import type { ConformanceCase } from "../catalogue/case.ts";
import { openKube } from "../kube/kube-client.ts";
import { hashName } from "../integrity/pattern.ts";
import type { CaseResult } from "../report/case-result.ts";
import { toError } from "../support/errors.ts";
import { Admission } from "./admission.ts";
import { caseIdOf } from "./case-id.ts";
import { errorResult, skippedResult } from "./case-results.ts";
import { runCase } from "./run-case.ts";
import { resultsFile, type RunSettings } from "./settings.ts";
import { openWorker, type Worker } from "./worker.ts";

/** Added to a case's limit for its evidence and clean-up, milliseconds. */
const cleanupAllowance = 240_000;

/** Of all suites: they are one file to vitest. */
let worker: Promise<Worker> | undefined;
let admission: Admission | undefined;

/** Makes one vitest test of each case of a folder; they run at the same time, as far as there is room. */
export function registerSuite(cases: Readonly<Record<string, unknown>>, suiteUrl: string): void {
  const settings = inject("seaworthy");
  for (const [file, found] of Object.entries(cases)) {
    const id = caseIdOf(new URL(file, suiteUrl).pathname);
    if (settings.caseIds.length > 0 && !settings.caseIds.includes(id)) continue;
    const conformanceCase = found as ConformanceCase;
    const limit = conformanceCase.meta.cost.limitSeconds * 1000;
    // no limit of vitest's: a case waits for room before its time begins
    test.concurrent(id, { timeout: 0, retry: 0 }, async (context) => {
      const reason = settings.notGoing[id];
      if (reason !== undefined) {
        keep(settings, skippedResult({ id, meta: conformanceCase.meta }, settings, reason));
        context.skip(reason);
      }
      admission ??= new Admission(settings.room);
      const result = await admission.run(conformanceCase.meta.cost, async () => {
        await context.annotate("started");
        worker ??= openWorker(settings);
        const opened = await worker.catch(toError);
        if (opened instanceof Error)
          return errorResult({ id, meta: conformanceCase.meta }, settings, opened.message);
        const signal = limited(AbortSignal.any([context.signal, opened.lookout.signal]), limit);
        const running = runOne(id, conformanceCase, settings, { ...opened, signal });
        return endedWithin(running, limit + cleanupAllowance);
      });
      keep(settings, result);
      if (result.outcome !== "passed") throw new Error(result.failure?.message ?? result.outcome);
    });
  }
}

function runOne(
  id: string,
  conformanceCase: ConformanceCase,
  settings: RunSettings,
  { lookout, signal, ...worker }: Worker & { readonly signal: AbortSignal },
): Promise<CaseResult> {
  const kube = openKube(worker.cluster.kubeconfig, `seaworthy/${settings.kitVersion}::${id}`, {
    signal: lookout.signal,
  });
  return runCase(conformanceCase, {
    id,
    hash: hashName(id).slice(0, 8),
    meta: conformanceCase.meta,
    settings,
    kube,
    ...worker,
    lookout,
    signal,
  });
}

function limited(signal: AbortSignal, milliseconds: number): AbortSignal {
  const limit = new AbortController();
  const message = `the case took longer than its limit of ${String(milliseconds / 1000)} s`;
  setTimeout(() => {
    limit.abort(new Error(message));
  }, milliseconds).unref();
  return AbortSignal.any([signal, limit.signal]);
}

/** A case that does not end, not even after its limit, must not hold up the others for ever. */
async function endedWithin<T>(running: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const seconds = String(milliseconds / 1000);
  const timer = setTimeout(() => reject(new Error(`the case did not end within ${seconds} s`)), milliseconds);
  try {
    return await Promise.race([running, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Written at once and in one piece, so that a crash loses no finished case. */
function keep(settings: RunSettings, result: CaseResult): void {
  appendFileSync(resultsFile(settings.runDirectory), `${JSON.stringify(result)}\n`);
}
