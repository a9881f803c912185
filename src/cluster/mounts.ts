// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";

/** Mount points at or below a folder, outermost first. */
export async function mountsBelow(folder: string): Promise<string[]> {
  const table = await readFile("/proc/mounts", "utf8");
  const paths = table.split("\n").map((line) => line.split(" ")[1] ?? "");
  return paths.filter((path) => path === folder || path.startsWith(`${folder}/`));
}

/**
 * Unmounts everything at or below a folder, innermost first: deleting through a mount would be a disaster.
 * @throws KitError of kind `host` when something stays mounted
 */
export async function unmountBelow(folder: string): Promise<void> {
  for (const path of (await mountsBelow(folder)).reverse()) {
    // one may go with another, or by itself: only what is left counts
    await exec(["umount", "--lazy", path], { allowFailure: true });
  }
  const left = await mountsBelow(folder);
  if (left.length === 0) return;
  throw new KitError("STILL_MOUNTED", `unmount ${left.join(", ")}: still mounted`, {
    kind: "host",
    hint: "end what uses it and run `seaworthy gc` again",
  });
}
