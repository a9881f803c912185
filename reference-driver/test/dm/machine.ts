// SPDX-License-Identifier: Apache-2.0
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { UserModeKernel } from "./kernel-package.ts";
import { ConsoleLines } from "./console-lines.ts";

/** What a guest is started with. */
export interface MachineParts {
  /** Stands before each line of its console. */
  readonly name: string;
  readonly kernel: UserModeKernel;
  /** Folder shared with the guest, writable there; holds guest.mjs. */
  readonly work: string;
  /** More environment of the guest's program. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const MEMORY = "1536M";
const SILENT_EXCEPT_DISASTER = "3";
/** The kernel's last words. */
const HALTED = /reboot: (System halted|Power down)/;
const LONGEST_END_MS = 10_000;
/**
 * The kernel is many processes and must not outlive this one, however it ends: unshare dies with us, the kernel's first
 * process with unshare, and with that one all others of its process namespace.
 */
const TIED = ["--pdeathsig", "KILL", "unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];

/**
 * Boots a guest, shows its console, waits for its end and gives the exit code of its program.
 * @throws Error with the last console lines when it hangs or ends without an exit code
 */
export async function runMachine(parts: MachineParts): Promise<number> {
  await copyFile(path.join(import.meta.dirname, "guest/init.sh"), path.join(parts.work, "init.sh"));
  const lines = new ConsoleLines(parts.name, process.stdout);
  const guest = execa("setpriv", [...TIED, parts.kernel.program, ...kernelArguments(parts)], {
    reject: false,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    buffer: false,
    timeout: parts.timeoutMs,
    cancelSignal: parts.signal,
    killSignal: "SIGKILL",
    env: { TMPDIR: undefined },
  });
  let ending: NodeJS.Timeout | undefined;
  const onLine = (line: string): void => {
    // At times the kernel's process does not go when the kernel has: its files are written by then.
    if (HALTED.test(line)) ending ??= setTimeout(() => guest.kill("SIGKILL"), LONGEST_END_MS);
  };
  guest.stdout.on("data", (chunk: Buffer) => lines.add(chunk, onLine));
  guest.stderr.on("data", (chunk: Buffer) => lines.add(chunk));
  const { timedOut, isCanceled } = await guest;
  clearTimeout(ending);
  if (isCanceled || parts.signal.aborted) throw new Error("user-mode Linux: interrupted");
  if (timedOut) {
    throw new Error(`user-mode Linux: not done after ${String(parts.timeoutMs / 1000)} s; ${lines.last()}`);
  }
  const code = await readFile(path.join(parts.work, "exit-code"), "utf8").catch(() => "");
  if (!/^\d+\n$/.test(code)) throw new Error(`user-mode Linux: ended without a result; ${lines.last()}`);
  return Number(code);
}

function kernelArguments({ kernel, work, environment }: MachineParts): string[] {
  const folders = {
    WORK: work,
    MODULES: kernel.moduleRoot,
    NODE: path.dirname(process.execPath),
  };
  const variables = Object.entries({ ...folders, ...environment }).map(([name, value]) => {
    // The kernel parts its command line at spaces, hostfs its options at commas.
    if (!/^[\w./:+@=-]+$/.test(value))
      throw new Error(`${name}=${value}: cannot be given to user-mode Linux`);
    return `${name}=${value}`;
  });
  return [
    `mem=${MEMORY}`,
    `uml_dir=${work}/`,
    ...["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "con=null", "con0=fd:0,fd:1"],
    ...["quiet", `loglevel=${SILENT_EXCEPT_DISASTER}`, "panic=1"],
    ...variables,
    ...["init=/bin/sh", "--", path.join(work, "init.sh")],
  ];
}
