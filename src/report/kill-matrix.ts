// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import type { CaseResult } from "./case-result.ts";

/** How one case did against one driver. */
interface KillCell {
  readonly caseId: string;
  /** killed: failed for a requirement the mutant breaks; wrong-reason: failed for another; survived: passed; error: says nothing. */
  readonly verdict: "killed" | "wrong-reason" | "survived" | "error";
  /** What the failure named. */
  readonly requirement?: string;
  readonly message?: string;
  readonly durationMs: number;
}

export interface MutantRow {
  readonly slug: string;
  readonly title: string;
  readonly breaks: readonly string[];
  readonly cells: readonly KillCell[];
  /** Every case that must catch it did, for the right reason. */
  readonly killed: boolean;
  /** Cases that have nothing to do with what it breaks, yet did not pass. */
  readonly falseAlarms: readonly string[];
}

/** Which mutants were killed by which cases, and what the driver without a fault did. */
export interface KillMatrix {
  readonly rows: readonly MutantRow[];
  /** Cases the good driver did not pass, and cases that killed nothing: must be empty. */
  readonly cleanFailures: readonly string[];
  readonly idleCases: readonly string[];
  /** True when every mutant was killed, every case kills one, and the good driver passed all. */
  readonly proven: boolean;
}

/** One mutant's row from the results of the cases that must catch it, and of some that must not. */
export function judgeMutant(mutant: MutantInfo, results: readonly CaseResult[]): MutantRow {
  const said = results.filter(({ id, outcome }) => outcome !== "skipped" || mutant.caughtBy.includes(id));
  const cells = said.map((result) => judgeCell(mutant, result));
  const killed = mutant.caughtBy.every((id) =>
    cells.some((cell) => cell.caseId === id && cell.verdict === "killed"),
  );
  const falseAlarms = cells
    .filter(({ caseId, verdict }) => !mutant.caughtBy.includes(caseId) && !isCalm(verdict))
    .map((cell) => cell.caseId);
  return { slug: mutant.slug, title: mutant.title, breaks: mutant.breaks, cells, killed, falseAlarms };
}

/**
 * @param clean What the good drivers did; a case that one of them cannot run counts by what another did with it.
 * @param complete False when only some mutants were asked for: then a case that kills none of them is not idle.
 */
export function buildKillMatrix(
  rows: readonly MutantRow[],
  clean: readonly CaseResult[],
  complete = true,
): KillMatrix {
  const killers = new Set(
    rows.flatMap((row) => row.cells.filter((cell) => cell.verdict === "killed").map((cell) => cell.caseId)),
  );
  const passed = new Set(clean.filter(({ outcome }) => outcome === "passed").map(({ id }) => id));
  const isTrouble = ({ id, outcome }: CaseResult): boolean =>
    outcome === "failed" || outcome === "error" || !passed.has(id);
  const cleanFailures = [...new Set(clean.filter(isTrouble).map(({ id }) => id))];
  const known = [...new Set(clean.map(({ id }) => id))];
  const idleCases = complete ? known.filter((id) => !killers.has(id)) : [];
  const proven =
    rows.length > 0 &&
    rows.every((row) => row.killed && row.falseAlarms.length === 0) &&
    cleanFailures.length === 0 &&
    idleCases.length === 0;
  return { rows, cleanFailures, idleCases, proven };
}

/** A case that need not catch a mutant may pass, or fail for what the mutant does break. */
function isCalm(verdict: KillCell["verdict"]): boolean {
  return verdict === "survived" || verdict === "killed";
}

function judgeCell(mutant: MutantInfo, result: CaseResult): KillCell {
  const requirement = result.failure?.requirement;
  const message = result.failure?.message;
  return {
    caseId: result.id,
    verdict: verdictOf(mutant, result),
    durationMs: result.durationMs,
    ...(requirement === undefined ? {} : { requirement }),
    ...(message === undefined ? {} : { message }),
  };
}

function verdictOf(mutant: MutantInfo, { outcome, failure }: CaseResult): KillCell["verdict"] {
  if (outcome === "passed") return "survived";
  if (outcome !== "failed") return "error";
  return failure?.requirement !== undefined && mutant.breaks.includes(failure.requirement)
    ? "killed"
    : "wrong-reason";
}
