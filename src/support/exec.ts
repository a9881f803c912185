// SPDX-License-Identifier: Apache-2.0
import { execa } from "execa";
import { KitError } from "./errors.ts";
import { ownerEnvironment } from "./orphans.ts";

/** What a program that ended left behind. */
export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 when the program could not be started or was ended by a signal. */
  readonly exitCode: number;
}

export interface ExecOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Text for the program's standard input; without it the input is closed. */
  readonly input?: string;
  /** File to be the program's standard input. */
  readonly inputFile?: string;
  /** Milliseconds after which the program is ended. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Return a failure as a result instead of throwing. */
  readonly allowFailure?: boolean;
  /** Called with each line the program prints on either stream. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program by argument vector, never through a shell.
 * @throws KitError `EXEC_FAILED` unless `allowFailure` is set.
 */
export async function exec(
  argv: readonly [string, ...string[]],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const [file, ...args] = argv;
  const running = execa(file, args, toExecaOptions(options));
  if (options.onLine !== undefined) {
    for (const stream of [running.stdout, running.stderr]) forwardLines(stream, options.onLine);
  }
  const ended = await running;
  const result = { stdout: text(ended.stdout), stderr: text(ended.stderr), exitCode: ended.exitCode ?? -1 };
  if (ended.failed && options.allowFailure !== true) {
    throw new KitError("EXEC_FAILED", `${shorten(argv)}: ${reason(ended, result)}`, {
      cause: ended,
      details: { argv, exitCode: result.exitCode, stderr: result.stderr.slice(-4000) },
    });
  }
  return result;
}

function toExecaOptions(options: ExecOptions) {
  return {
    reject: false as const,
    stripFinalNewline: true,
    forceKillAfterDelay: 2000,
    maxBuffer: 64 * 1024 * 1024,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...ownerEnvironment(), ...options.env },
    ...standardInput(options),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal }),
  };
}

/** Enough of a command to know it by. */
function shorten(argv: readonly string[]): string {
  const text = argv.slice(0, 4).join(" ");
  return text.length > 80 || argv.length > 4 ? `${text.slice(0, 80)} …` : text;
}

function standardInput(
  options: ExecOptions,
): { input: string } | { inputFile: string } | { stdin: "ignore" } {
  if (options.input !== undefined) return { input: options.input };
  return options.inputFile === undefined ? { stdin: "ignore" } : { inputFile: options.inputFile };
}

function reason(
  ended: { timedOut: boolean; isCanceled: boolean; shortMessage?: string | undefined },
  result: ExecResult,
): string {
  if (ended.timedOut) return "took too long and was ended";
  if (ended.isCanceled) return "was interrupted";
  const lastLine = result.stderr.trim().split("\n").at(-1) ?? "";
  if (result.exitCode === -1) return ended.shortMessage ?? "could not be started";
  return `exit code ${String(result.exitCode)}${lastLine === "" ? "" : `: ${lastLine}`}`;
}

function text(output: unknown): string {
  return typeof output === "string" ? output : "";
}

function forwardLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let pending = "";
  stream?.on("data", (chunk: Buffer | string) => {
    const lines = (pending + chunk.toString()).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}
