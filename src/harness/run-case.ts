// SPDX-License-Identifier: Apache-2.0
import { relative } from "node:path";
import type { ConformanceCase } from "../catalogue/case.ts";
import { collectEvidence } from "../kube/evidence.ts";
import { resources } from "../kube/resources.ts";
import { emptyNamespace, findHoldings, type Holdings } from "../kube/reap.ts";
import type { CaseFailure, CaseResult, Outcome } from "../report/case-result.ts";
import { untilObject, waitTimeout } from "../kube/watch.ts";
import { isKitError, toError } from "../support/errors.ts";
import { emptyResult } from "./case-results.ts";
import { beginCaseRun, type CaseRun, type CaseRunParts, waitFor } from "./case-run.ts";
import { buildContext } from "./context.ts";
import { leftBehind, type LeftBehind } from "./left-behind.ts";
import { blame, describeFailure } from "./outcome.ts";

/** Milliseconds for each kind to be gone when the case has failed anyway. */
const patienceAfterFailure = 20_000;

interface Verdict {
  readonly outcome: Outcome;
  readonly failure?: CaseFailure;
}

const noHoldings: Holdings = { volumes: [], contents: [] };

/** Runs one case from its namespace to the proof that nothing of it is left. Never throws: what happens is the result. */
export async function runCase(conformanceCase: ConformanceCase, parts: CaseRunParts): Promise<CaseResult> {
  const startedAt = new Date();
  const started = performance.now();
  const run = beginCaseRun(parts);
  const body = await heedSilence(run, await runBody(conformanceCase, run), startedAt);
  // Before clean-up, while what went wrong is still there to be seen.
  const early = body.outcome === "passed" ? [] : await keepEvidence(run, startedAt);
  const after = await cleanUp(run, body.outcome !== "passed");
  const verdict = body.outcome === "passed" ? await heedSilence(run, after.verdict, startedAt) : body;
  const evidence =
    verdict.outcome === "passed" || early.length > 0 ? early : await keepEvidence(run, startedAt);
  run.probes.close();
  return {
    ...emptyResult(run, run.settings),
    ...verdict,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - started),
    steps: run.steps.results,
    phases: run.phases,
    placements: run.placements,
    data: run.data,
    leaks: after.leaks,
    evidence,
  };
}

async function runBody(conformanceCase: ConformanceCase, run: CaseRun): Promise<Verdict> {
  try {
    await makeNamespace(run);
    await conformanceCase.run(buildContext(run));
    return { outcome: "passed" };
  } catch (thrown) {
    const where = run.steps.ended;
    return { outcome: blame(thrown, where), failure: describeFailure(thrown, where, run.meta.covers[0]) };
  }
}

/** Without an API server to see it by, nothing that did not come in time is the driver's fault. */
async function heedSilence(run: CaseRun, verdict: Verdict, startedAt: Date): Promise<Verdict> {
  if (verdict.outcome !== "failed") return verdict;
  const silence = await run.lookout.silenceSince(startedAt.getTime());
  if (silence === undefined) return verdict;
  const { message = "", step } = verdict.failure ?? {};
  return {
    outcome: "error",
    failure: {
      message: `${message}; but meanwhile there was no API server: ${silence}`,
      ...(step === undefined ? {} : { step }),
    },
  };
}

async function makeNamespace(run: CaseRun): Promise<void> {
  const metadata = { name: run.namespace, labels: run.labels };
  await run.kube.create(resources.namespaces, { apiVersion: "v1", kind: "Namespace", metadata }, run);
  // Without it no pod can be created.
  const account = { resource: resources.serviceAccounts, namespace: run.namespace, name: "default" };
  const wait = waitFor(run, "namespaceReady", `the default service account of ${run.namespace}`);
  await untilObject(run.kube, account, wait, (found) =>
    found === undefined ? { done: false, seen: "none" } : { done: true, value: undefined },
  );
}

/** Cleaning up is part of the driver's duty too: what stays in the back end fails a case that passed so far. */
async function cleanUp(run: CaseRun, force: boolean): Promise<{ verdict: Verdict; leaks: string[] }> {
  try {
    // harm is undone even when nothing can be listed
    const unlisted: Error[] = [];
    const holdings = await findHoldings(run.kube, run.namespace).catch((thrown: unknown) => {
      unlisted.push(toError(thrown));
      return noHoldings;
    });
    const { backEndClean } = run.settings.timeouts;
    const timeout = force ? Math.min(backEndClean, patienceAfterFailure) : backEndClean;
    run.cleanup.add(`empty namespace ${run.namespace}`, () =>
      emptyNamespace(run.kube, run.namespace, { timeout, force }),
    );
    const errors = [...unlisted, ...(await run.cleanup.run())];
    const left = await leftBehind(run, holdings);
    return { verdict: judgeRest(errors, left), leaks: left.leaks };
  } catch (thrown) {
    return { verdict: judgeRest([toError(thrown)], { leaks: [] }), leaks: [] };
  }
}

function judgeRest(errors: readonly Error[], { leaks, requirement }: LeftBehind): Verdict {
  if (leaks.length > 0) {
    const seen = leaks.join(", ");
    return {
      outcome: "failed",
      failure: {
        message: `After clean-up there is still ${seen}`,
        expected: "nothing of this case",
        seen,
        ...(requirement === undefined ? {} : { requirement }),
      },
    };
  }
  if (errors.length === 0) return { outcome: "passed" };
  const message = `clean up: ${errors.map((error) => error.message).join("; ")}`;
  const isDriver = errors.every((error) => isKitError(error.cause) && error.cause.code === waitTimeout);
  return { outcome: isDriver ? "failed" : "error", failure: { message } };
}

async function keepEvidence(run: CaseRun, since: Date): Promise<string[]> {
  const directory = `${run.settings.runDirectory}/evidence/${run.id}`;
  const request = {
    namespace: run.namespace,
    logs: run.settings.driver.logs,
    since,
    reproduce: emptyResult(run, run.settings).reproduce,
    directory,
  };
  const files = await collectEvidence(run.kube, request).catch(() => []);
  return files.map((file) => relative(run.settings.runDirectory, `${directory}/${file}`));
}
