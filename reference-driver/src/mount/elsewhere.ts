// SPDX-License-Identifier: Apache-2.0
import { constants } from "node:fs";
import { mkdtemp, open, rmdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { CsiError } from "../grpc/csi-error.ts";
import { CommandError, runCommand } from "../support/run-command.ts";
import { whileFrozenAt } from "./freeze.ts";

// Loop devices of other nodes of this kernel. What is done to them here the network disk of a cloud does itself: it stands
// still for a snapshot, and it fails all further requests of a machine it was taken from.

/** Devices of other nodes that this process holds frozen. */
const heldHere = new Set<string>();

/** Runs work while the filesystems on other nodes' devices are frozen, of those that are mounted. */
export async function whileFrozenElsewhere<T>(
  devices: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const [device, ...rest] = devices;
  if (device === undefined) return work();
  const inner = () => whileFrozenElsewhere(rest, work);
  // Whoever froze it further up the chain of calls, at a place of its own, thaws it.
  if (heldHere.has(device) || !(await isMounted(device))) return inner();
  heldHere.add(device);
  try {
    return await whileShownHere(device, (target) => whileFrozenAt(target, inner));
  } finally {
    heldHere.delete(device);
  }
}

/**
 * Takes a device away: a filesystem on it fails everything from now on, without one more write, and the device goes with
 * its last user.
 * @throws CsiError FAILED_PRECONDITION when it stays, because a program has opened it
 */
export async function takeAway(device: string): Promise<void> {
  const mounted = await isMounted(device);
  if (mounted)
    await whileShownHere(device, (target) => runCommand(["xfs_io", "-x", "-c", "shutdown", target]));
  // Exit code 1: its node has detached it in between.
  await runCommand(["losetup", "--detach", device], [0, 1]);
  if (!mounted && (await isAttached(device)))
    throw new CsiError("FAILED_PRECONDITION", `${device}: a program on its node holds it open`);
}

/** Shows the mounted filesystem of a device at a second place, of this mount namespace. */
async function whileShownHere<T>(device: string, work: (target: string) => Promise<T>): Promise<T> {
  const target = await mkdtemp(path.join(tmpdir(), "seaworthy-elsewhere-"));
  try {
    await mountAsItIs(device, target);
    try {
      return await work(target);
    } finally {
      await runCommand(["umount", target]);
    }
  } finally {
    await rmdir(target);
  }
}

/** The second mount of a filesystem must be writable or not as the first is. */
async function mountAsItIs(device: string, target: string): Promise<void> {
  try {
    await runCommand(["mount", device, target]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    await runCommand(["mount", "-o", "ro", device, target]);
  }
}

/** A mounted filesystem holds its device exclusively, in whichever mount namespace (open(2), O_EXCL without O_CREAT). */
async function isMounted(device: string): Promise<boolean> {
  try {
    await (await open(device, constants.O_RDONLY | constants.O_EXCL)).close();
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EBUSY") return true;
    // Detached in between.
    if ((error as NodeJS.ErrnoException).code === "ENXIO") return false;
    throw error;
  }
}

async function isAttached(device: string): Promise<boolean> {
  const known = await stat(`/sys/block/${path.basename(device)}/loop/backing_file`).catch(() => undefined);
  return known !== undefined;
}
