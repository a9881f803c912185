// SPDX-License-Identifier: Apache-2.0
import { isKitError, toError } from "../support/errors.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";

/** One thrown thing as the user sees it: a line, a hint, and the exit code. */
export interface Explained {
  readonly text: string;
  readonly exitCode: number;
}

const hostHints: Readonly<Record<string, string>> = {
  ENOSPC: "free some space where the cache and the state are kept: seaworthy doctor shows the folders",
  EACCES: "run the command as root, or point XDG_CACHE_HOME and XDG_STATE_HOME at folders you own",
  EROFS: "point XDG_CACHE_HOME and XDG_STATE_HOME at a writable file system",
};

/** Full messages are for the debug log; the terminal gets what helps. */
export function explainError(thrown: unknown): Explained {
  const root = hostCause(thrown);
  if (root !== undefined && !(isKitError(thrown) && thrown.hint !== undefined)) {
    return { text: lines(firstLine(toError(thrown).message), hostHints[root]), exitCode: exitCodes.host };
  }
  if (isKitError(thrown)) {
    return { text: lines(thrown.message, thrown.hint), exitCode: exitCodeOf(thrown.kind) };
  }
  const error = toError(thrown);
  const where =
    error.stack
      ?.split("\n")
      .find((line) => line.includes("/src/"))
      ?.trim() ?? "";
  return {
    text: lines(
      `internal error: ${firstLine(error.message)} ${where}`,
      "this is a bug in the kit: please report it with this line",
    ),
    exitCode: exitCodes.kit,
  };
}

/** The machine's own refusals, wherever in the chain of causes or in a program's last words they stand. */
function hostCause(thrown: unknown): string | undefined {
  for (let current: unknown = thrown; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string" && current.code in hostHints)
      return current.code;
    if (/no space left on device/i.test(current.message)) return "ENOSPC";
  }
  return undefined;
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? "";
}

function lines(message: string, hint: string | undefined): string {
  return `seaworthy: ${message}${hint === undefined ? "" : `\n  Hint: ${hint}`}\n`;
}
