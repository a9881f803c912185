// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";

/**
 * Thaws a filesystem that was frozen when its node was removed. The kernel keeps such a filesystem, and its device busy,
 * though nothing is mounted any more; mounting the device again leads to the same frozen filesystem, which can then be thawed.
 */
export async function thawAbandoned(device: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-thaw-"));
  try {
    const mounted = await exec(["mount", device, folder], { allowFailure: true, timeout: 10_000 });
    if (mounted.exitCode !== 0) return;
    await exec(["fsfreeze", "--unfreeze", folder], { allowFailure: true, timeout: 10_000 });
    await exec(["umount", folder], { allowFailure: true, timeout: 30_000 });
  } finally {
    await rmdir(folder).catch(() => undefined);
  }
}
