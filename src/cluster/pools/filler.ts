// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { KitError } from "../../support/errors.ts";
import type { RunningCluster } from "../provider.ts";
import type { DriverPool } from "./driver-pool.ts";
import { type FreeRun, type GroupState, readGroup, runLvm } from "./pool-state.ts";

/** Metadata only: a filler is never activated, wiped or read. */
const quiet = ["--driverloaded", "n", "-y"] as const;

/**
 * The runs to take so that what is left of the free space is one piece of so many extents.
 * @throws KitError `POOL_TOO_FULL` when no free piece is as long
 */
export function runsToTake(freeRuns: readonly FreeRun[], keep: number): FreeRun[] {
  const longest = freeRuns.toSorted((a, b) => b.length - a.length)[0] ?? { start: 0, length: 0 };
  if (longest.length < keep) {
    const seen = `the longest free piece has ${String(longest.length)} extents, ${String(keep)} are to be left`;
    throw new KitError("POOL_TOO_FULL", `fill a pool: ${seen}`);
  }
  return freeRuns
    .map((run) => (run === longest ? { start: run.start + keep, length: run.length - keep } : run))
    .filter((run) => run.length > 0);
}

/** Who fills which pool. */
interface Filling {
  readonly pool: DriverPool;
  readonly owner: string;
}

/** Takes a group's free space behind the driver's back until one piece of so many bytes is left, tagged for whom. */
export async function fillGroup(
  cluster: RunningCluster,
  node: string,
  { pool, leave, owner }: Filling & { readonly leave: number },
): Promise<void> {
  const state = await readGroup(cluster, node, pool);
  const taken = runsToTake(state.freeRuns, Math.ceil(leave / state.extentBytes));
  if (taken.length === 0) return;
  const extents = taken.reduce((sum, run) => sum + run.length, 0);
  const name = `filler-${randomBytes(4).toString("hex")}`;
  const size = ["-an", "-Zn", "-Wn", "-n", name, "-l", String(extents), "--addtag", tagOf(owner)];
  const where = [pool.volumeGroup, rangesOf(taken, state)];
  await runLvm(cluster, node, pool, holding(pool, ["lvcreate", ...quiet, ...size, ...where]));
}

/** Gives back all that {@link fillGroup} took for this owner. */
export async function emptyFillers(
  cluster: RunningCluster,
  node: string,
  { pool, owner }: Filling,
): Promise<void> {
  const { volumeGroup } = pool;
  const select = `lv_tags={"${tagOf(owner)}"}`;
  const query = ["--noheadings", "-o", "lv_name", "-S", select, volumeGroup];
  const listing = await runLvm(cluster, node, pool, ["lvs", ...query]);
  const names = listing.split("\n").flatMap((line) => line.trim() || []);
  if (names.length === 0) return;
  const paths = names.map((name) => `${volumeGroup}/${name}`);
  await runLvm(cluster, node, pool, holding(pool, ["lvremove", ...quiet, ...paths]));
}

/**
 * Opens a device exclusively, waiting half a minute for it, and runs a program: LVM's lock files are not shared by the nodes
 * that share a pool, and the reference driver does the same.
 */
const whileHeld = `use Fcntl; my $d = shift; my $f;
for (1..300) { last if sysopen($f, $d, O_RDONLY | O_EXCL); undef $f; select(undef, undef, undef, 0.1); }
die "$d: stays busy\n" unless $f; system(@ARGV); exit($? >> 8 || $?);`;

function holding(
  { sharedDevice }: DriverPool,
  argv: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  return sharedDevice === undefined ? argv : ["perl", "-e", whileHeld, sharedDevice, ...argv];
}

/** `/dev/loop0:0-9:20-29`: the kit's groups stand on one device each. */
function rangesOf(runs: readonly FreeRun[], { devices }: GroupState): string {
  const ranges = runs.map(({ start, length }) => `${String(start)}-${String(start + length - 1)}`);
  return [devices[0] ?? "", ...ranges].join(":");
}

function tagOf(owner: string): string {
  return `seaworthy.filler=${owner}`;
}
