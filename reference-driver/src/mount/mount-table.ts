// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";

/** One mount of this mount namespace. */
export interface MountEntry {
  readonly target: string;
  /** What of the mounted filesystem is shown: a path in it, `/` for the whole. */
  readonly root: string;
  /** Device as `major:minor`. */
  readonly device: string;
  readonly readOnly: boolean;
  /** The filesystem itself refuses writes or is shut down, whatever this mount's own flag says. */
  readonly closed: boolean;
  readonly fsType: string;
}

/** Reads /proc/self/mountinfo (proc(5)): octal escapes decoded, the mount's own read-only flag. */
export function readMountTable(text: string): MountEntry[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const fields = line.split(" ");
      const separator = fields.indexOf("-");
      return {
        target: decodePath(fields[4] ?? ""),
        root: decodePath(fields[3] ?? ""),
        device: fields[2] ?? "",
        closed: /(?:^|,)(?:ro|emergency_ro|shutdown)(?:,|$)/.test(fields[separator + 3] ?? ""),
        readOnly: (fields[5] ?? "").split(",").includes("ro"),
        fsType: fields[separator + 1] ?? "",
      };
    });
}

function decodePath(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCodePoint(Number.parseInt(octal, 8)),
  );
}

/** The mounts as they are now. */
export async function mountTable(): Promise<MountEntry[]> {
  return readMountTable(await readFile("/proc/self/mountinfo", "utf8"));
}

/** The topmost mount on a path. */
export async function mountAt(target: string): Promise<MountEntry | undefined> {
  return (await mountTable()).findLast((entry) => entry.target === target);
}
