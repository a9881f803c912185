// SPDX-License-Identifier: Apache-2.0
import type { Verdict } from "../report/model.ts";
import type { ErrorKind } from "../support/errors.ts";

/** What a command's end tells the shell. Documented in the README. */
export const exitCodes = {
  /** Everything asked for was done; a certification passed. */
  success: 0,
  /** The driver failed, or a mutant survived: the kit worked. */
  driverFailed: 1,
  /** The kit or the cluster failed, or a run is incomplete and claims nothing. */
  kit: 2,
  /** This machine lacks what the kit needs. */
  host: 2,
  /** A wrong flag, profile or shape; nothing was touched. */
  usage: 3,
  /** Ctrl-C or SIGTERM, after cleaning up. */
  interrupted: 130,
} as const;

/** The same in one line, for every command's help. */
export const exitCodesText =
  "Exit codes: 0 all passed · 1 the driver failed · 2 the kit, the cluster or this machine failed · 3 bad input · 130 interrupted";

export function exitCodeOf(kind: ErrorKind): number {
  return exitCodes[kind];
}

/** What a verdict tells the shell. A partial run did what it was asked for. */
export function exitCodeOfVerdict({ outcome }: Verdict): number {
  return {
    passed: exitCodes.success,
    partial: exitCodes.success,
    failed: exitCodes.driverFailed,
    incomplete: exitCodes.kit,
  }[outcome];
}
