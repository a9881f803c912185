// SPDX-License-Identifier: Apache-2.0
import { execa } from "execa";

/** A command ended with an exit code nobody allowed. */
export class CommandError extends Error {
  readonly exitCode: number | undefined;

  constructor(argv: readonly string[], exitCode: number | undefined, said: string) {
    super(`${argv.join(" ")}: exit code ${String(exitCode ?? "none")}: ${said}`);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** What a command gave back. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
}

const LONGEST_COMMAND_MS = 10 * 60_000;

/**
 * Runs a program with an argument vector (never a shell) and judges it by its exit code alone.
 * @throws CommandError when the exit code is not among `allowed`.
 */
export async function runCommand(
  argv: readonly string[],
  allowed: readonly number[] = [0],
): Promise<CommandResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new Error("runCommand: the argument vector is empty");
  const result = await execa(file, args, {
    reject: false,
    stdin: "ignore",
    timeout: LONGEST_COMMAND_MS,
    env: { LC_ALL: "C", LVM_SUPPRESS_FD_WARNINGS: "1", DM_DISABLE_UDEV: "1" },
  });
  if (result.exitCode === undefined || !allowed.includes(result.exitCode)) {
    throw new CommandError(argv, result.exitCode, sayWhy(result.stderr, result.shortMessage));
  }
  return { exitCode: result.exitCode, stdout: result.stdout };
}

function sayWhy(stderr: string, otherwise: string | undefined): string {
  const said = stderr.trim().replaceAll(/\s*\n\s*/g, "; ");
  return said === "" ? (otherwise ?? "no message") : said;
}
