// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type { Activation } from "./activation.ts";
import { smallestRun } from "./extents.ts";
import { thinRoom } from "./health.ts";
import type { ExtentRun, LvmSpace, LvmVolume } from "./lvm-report.ts";
import { thinUsage } from "./thin-pool.ts";
import type { Cut, VolumeGroup } from "./volume-group.ts";

/** Free space in bytes; the largest volume is smaller when it lies in pieces. */
interface Room {
  readonly freeBytes: number;
  readonly largestVolumeBytes: number;
}

interface SpaceParts {
  readonly group: VolumeGroup;
  readonly activation: Activation;
  readonly locks: KeyedLocks;
  /** Volumes are cut out of a thin pool. */
  readonly thin: boolean;
  /** Other nodes cut in the group, too. */
  readonly shared: boolean;
}

/** A volume to be cut; the device it must lie on, when it must. */
type Wanted = Cut & { readonly on?: string };

/** The free space of one volume group, looked at and taken by one caller at a time. */
export class PoolSpace {
  readonly group: VolumeGroup;
  readonly #parts: SpaceParts;

  constructor(parts: SpaceParts) {
    this.#parts = parts;
    this.group = parts.group;
  }

  /** What is free and the largest volume that can be cut, in bytes, by figures just read. */
  async roomIn({ freeBytes, extentBytes, freeRuns }: LvmSpace): Promise<Room> {
    if (this.#parts.thin) {
      const room = thinRoom(await thinUsage(this.group));
      return { freeBytes: room, largestVolumeBytes: room };
    }
    if (!this.#parts.activation.onePiece) return { freeBytes, largestVolumeBytes: freeBytes };
    const longest = Math.max(0, ...freeRuns.map((run) => run.count));
    return { freeBytes, largestVolumeBytes: longest * extentBytes };
  }

  /** Cuts a logical volume and gives it back. RESOURCE_EXHAUSTED when there is no room. */
  async cut(cut: Wanted): Promise<LvmVolume> {
    const made = await this.#withRoom(cut, async (space) => {
      // Where nobody else cuts, the piece is chosen here: to look up where it lies would take as long as cutting it.
      const { activation, shared } = this.#parts;
      const run =
        activation.onePiece && !shared
          ? smallestRun(space.freeRuns, cut.bytes / space.extentBytes, cut.on)
          : undefined;
      await this.group.cut(run === undefined ? cut : { ...cut, on: run });
      return run && volumeIn(space.name, run, cut);
    });
    const found = made ?? (await this.group.find(cut.name));
    if (found === undefined) throw new Error(`${cut.name}: lvcreate succeeded, but lvs does not list it`);
    return found;
  }

  /** Cuts a copy-on-write snapshot of a volume. RESOURCE_EXHAUSTED when there is no room. */
  async cutCopyOnWrite(origin: string, cut: Cut): Promise<void> {
    await this.#withRoom(cut, () => this.group.cutCopyOnWrite(origin, cut));
  }

  /** Runs work that takes space, no other such work beside it. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#parts.locks.run([`group ${this.group.name}`], work);
  }

  /** Free space is looked at and taken under one lock, as lvcreate's exit code does not tell a full group from a fault. */
  async #withRoom<T>(cut: Cut, work: (space: LvmSpace) => Promise<T>): Promise<T> {
    return this.exclusively(async () => {
      const space = await this.group.space();
      const { largestVolumeBytes: largest } = await this.roomIn(space);
      if (largest < cut.bytes) {
        const seen = `${String(cut.bytes)} bytes asked, the largest free piece has ${String(largest)}`;
        throw new CsiError("RESOURCE_EXHAUSTED", `${cut.name}: no room in ${this.group.name}: ${seen}`);
      }
      return work(space);
    });
  }
}

/** As lvs would show a volume of one piece. */
function volumeIn(group: string, run: ExtentRun, { name, bytes, tags }: Cut): LvmVolume {
  return { name, bytes, tags, path: `/dev/${group}/${name}`, origin: undefined, thin: false, runs: [run] };
}
