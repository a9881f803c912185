// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readdir, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { mountOf } from "../../src/mount/freeze.ts";
import { mountArguments } from "../../src/mount/mount-arguments.ts";
import { clearDevice, copyDevice } from "../../src/store/device-content.ts";
import { runCommand } from "../../src/support/run-command.ts";
import type { VolumeStore } from "../../src/store/volume-store.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Restoring puts the source back to the snapshot, too: in its mounted filesystem, or in its extents when it is not mounted. */
export const mutant: Mutant = {
  slug: "restore-rolls-back-source",
  title: "Restoring a snapshot rolls its source back as well",
  breaks: ["snap/isolation"],
  caughtBy: ["snapshot/restore-keeps-the-moment"],
  wrap: (services) =>
    breakStore(services, (good) => ({
      create: async (spec) => {
        const before = await good.find(spec.id);
        const made = await good.create(spec);
        const snapshot = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
        const sourceId = snapshot?.source?.id;
        const source = sourceId === undefined ? undefined : await good.find(sourceId);
        // A repeated call finds the volume made and must not roll back again.
        if (before === undefined && source !== undefined) {
          await good.exclusively(source.id, () => rollBack(good, source.id, snapshot?.id ?? ""));
        }
        return made;
      },
    })),
};

async function rollBack(store: VolumeStore, sourceId: string, snapshotId: string): Promise<void> {
  const from = await store.activate(snapshotId);
  const to = await store.activate(sourceId);
  const mounted = await mountOf(to);
  if (mounted === undefined) {
    await clearDevice(to);
    await copyDevice(from, to);
    await store.deactivate(sourceId);
  } else {
    await replaceFiles(from, mounted);
  }
  await store.deactivate(snapshotId);
}

async function replaceFiles(snapshotDevice: string, mounted: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "rollback-"));
  // noload: the snapshot was cut while frozen, so its journal is empty and the device stays untouched.
  await runCommand(mountArguments("ext4", ["ro", "noload"], snapshotDevice, folder));
  try {
    for (const name of await readdir(mounted)) {
      if (name !== "lost+found") await rm(path.join(mounted, name), { recursive: true, force: true });
    }
    await runCommand(["cp", "--archive", "--no-target-directory", folder, mounted]);
    await runCommand(["sync", "--file-system", mounted]);
  } finally {
    await runCommand(["umount", folder]);
    await rmdir(folder);
  }
}
