// SPDX-License-Identifier: Apache-2.0
import type { Phase } from "../catalogue/context.ts";
import { waitTimeout } from "../kube/watch.ts";
import type { CaseFailure } from "../report/case-result.ts";
import { isKitError, toError } from "../support/errors.ts";
import { CheckFailed } from "./check-failed.ts";

/** Whom something thrown blames. */
export type Blame = "failed" | "error";

/** Where a case was when it ended early; no step when it was between steps. */
export interface WhereEnded {
  readonly phase: Phase;
  readonly step: string;
  /** What the step is about, when the case says so. */
  readonly requirement?: string;
}

/**
 * Whom to blame: the driver for a failed check or a named time-out in act or assert, the kit or the cluster for all else.
 * What is thrown while arranging says nothing about the statement under test.
 */
export function blame(thrown: unknown, where: WhereEnded | undefined): Blame {
  if (where === undefined || where.phase === "arrange") return "error";
  if (thrown instanceof CheckFailed) return "failed";
  return isKitError(thrown) && thrown.code === waitTimeout ? "failed" : "error";
}

/** What a wait that was in vain awaited, and what it saw instead. */
function lastSeen(thrown: unknown): Pick<CaseFailure, "expected" | "seen"> {
  if (!isKitError(thrown) || typeof thrown.details["seen"] !== "string") return {};
  return { expected: String(thrown.details["what"]), seen: thrown.details["seen"] };
}

/** What the report says about something thrown. */
export function describeFailure(
  thrown: unknown,
  where: WhereEnded | undefined,
  covered: string | undefined,
): CaseFailure {
  const error = toError(thrown);
  const check = thrown instanceof CheckFailed ? { expected: thrown.expected, seen: thrown.seen } : {};
  const seen = lastSeen(thrown);
  // The most exact says it: the check itself, else its step, else the case.
  const ofCheck = thrown instanceof CheckFailed ? thrown.requirement : undefined;
  const requirement = ofCheck ?? where?.requirement ?? covered;
  const isDriver = blame(thrown, where) === "failed" && requirement !== undefined;
  return {
    message: error.message,
    ...seen,
    ...check,
    ...(isDriver ? { requirement } : {}),
    ...(where === undefined ? {} : { step: where.step }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}
