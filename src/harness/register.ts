// SPDX-License-Identifier: Apache-2.0
import { appendFileSync } from "node:fs";
import { inject, test } from "vitest";
import type { ConformanceCase } from "../catalogue/case.ts";
import { openKube } from "../kube/kube-client.ts";
import { hashName } from "../integrity/pattern.ts";
import type { CaseResult } from "../report/case-result.ts";
import { caseIdOf } from "./case-id.ts";
import { skippedResult } from "./case-results.ts";
import { runCase } from "./run-case.ts";
import { resultsFile, type RunSettings } from "./settings.ts";
import { openWorker, type Worker } from "./worker.ts";

/** Added to a case's limit for its evidence and clean-up, milliseconds. */
const cleanupAllowance = 240_000;

/** Makes one vitest test of each case of a folder; they run at the same time. */
export function registerSuite(cases: Readonly<Record<string, unknown>>, suiteUrl: string): void {
  const settings = inject("seaworthy");
  let worker: Promise<Worker> | undefined;
  for (const [file, found] of Object.entries(cases)) {
    const id = caseIdOf(new URL(file, suiteUrl).pathname);
    if (settings.caseIds.length > 0 && !settings.caseIds.includes(id)) continue;
    const conformanceCase = found as ConformanceCase;
    const limit = conformanceCase.meta.cost.limitSeconds * 1000;
    test.concurrent(id, { timeout: limit + cleanupAllowance, retry: 0 }, async (context) => {
      const reason = settings.notGoing[id];
      if (reason !== undefined) {
        keep(settings, skippedResult({ id, meta: conformanceCase.meta }, settings, reason));
        context.skip(reason);
      }
      worker ??= openWorker(settings);
      const result = await runOne(id, conformanceCase, settings, {
        ...(await worker),
        signal: limited(context.signal, limit),
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
  { kubeconfig, workers, backEnd, signal }: Worker & { readonly signal: AbortSignal },
): Promise<CaseResult> {
  const kube = openKube(kubeconfig, `seaworthy/${settings.kitVersion}::${id}`);
  return runCase(conformanceCase, {
    id,
    hash: hashName(id).slice(0, 8),
    meta: conformanceCase.meta,
    settings,
    kube,
    workers,
    backEnd,
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

/** Written at once and in one piece, so that a crash loses no finished case. */
function keep(settings: RunSettings, result: CaseResult): void {
  appendFileSync(resultsFile(settings.runDirectory), `${JSON.stringify(result)}\n`);
}
