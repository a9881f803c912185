// SPDX-License-Identifier: Apache-2.0
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { clearDevice } from "../store/device-content.ts";
import type { FoundVolume } from "./static-volume.ts";

/** Made by mkfs.ext4 with the filesystem. */
const KEPT = "lost+found";

/** Takes away all that the last owner left: a device reads as zeros, a filesystem is empty. May be repeated after a crash. */
export async function cleanVolume(found: FoundVolume): Promise<void> {
  if (found.mode === "Block") {
    await clearDevice(found.path);
    return;
  }
  const names = (await readdir(found.path)).filter((name) => name !== KEPT);
  for (const name of names) await rm(path.join(found.path, name), { recursive: true, force: true });
}
