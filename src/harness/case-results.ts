// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta } from "../catalogue/case.ts";
import type { CaseResult } from "../report/case-result.ts";
import type { RunSettings } from "./settings.ts";

/** How to run a case again. */
type Reproduction = Pick<RunSettings, "rerun">;

/** A case as far as its result is concerned. */
export interface NamedCase {
  readonly id: string;
  readonly meta: CaseMeta;
}

/** The parts of a result that are known before the case runs. */
export function emptyResult({ id, meta }: NamedCase, { rerun }: Reproduction): Omit<CaseResult, "outcome"> {
  return {
    id,
    title: meta.title,
    covers: [...meta.covers],
    features: [...meta.features],
    startedAt: new Date().toISOString(),
    durationMs: 0,
    steps: [],
    phases: [],
    placements: [],
    data: [],
    leaks: [],
    evidence: [],
    reproduce: rerun.replace("{case}", () => id),
  };
}

/** Decided before its body: the driver or the cluster lacks something. */
export function skippedResult(one: NamedCase, settings: Reproduction, reason: string): CaseResult {
  return { ...emptyResult(one, settings), outcome: "skipped", reason };
}

/** No result at all is never a pass. */
export function missingResult(
  one: NamedCase,
  settings: Reproduction,
  problems: readonly string[],
): CaseResult {
  const why = problems.length === 0 ? "nothing else is known" : problems.join("; ");
  return errorResult(one, settings, `the case left no result: ${why}`);
}

/** The kit or the cluster broke before the case could begin. */
export function errorResult(one: NamedCase, settings: Reproduction, message: string): CaseResult {
  return { ...emptyResult(one, settings), outcome: "error", failure: { message } };
}
