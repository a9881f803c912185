// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";

/** A process that a recycled process id cannot be mistaken for: id and start time in clock ticks since boot (proc(5), field 22). */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** `<pid>-<start ticks>` of this process. */
export function ownIdentity(): string {
  return formatIdentity(identityOf(process.pid) ?? { pid: process.pid, started: "0" });
}

function formatIdentity(identity: ProcessIdentity): string {
  return `${String(identity.pid)}-${identity.started}`;
}

export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [pid, started] = text.split("-");
  return pid === undefined || started === undefined ? undefined : { pid: Number(pid), started };
}

/** Undefined when no such process runs. A zombie counts as not running. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  try {
    const afterName =
      readFileSync(`/proc/${String(pid)}/stat`, "utf8")
        .split(") ")
        .at(-1)
        ?.split(" ") ?? [];
    const started = afterName[19];
    return started === undefined || afterName[0] === "Z" ? undefined : { pid, started };
  } catch {
    return undefined;
  }
}

export function isAlive(identity: ProcessIdentity | undefined): boolean {
  return identity !== undefined && identityOf(identity.pid)?.started === identity.started;
}
