// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type { Activation } from "./activation.ts";
import { thinRoom } from "./health.ts";
import type { LvmSpace } from "./lvm-report.ts";
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
}

/** The free space of one volume group, looked at and taken by one caller at a time. */
export class PoolSpace {
  readonly group: VolumeGroup;
  readonly #parts: SpaceParts;

  constructor(parts: SpaceParts) {
    this.#parts = parts;
    this.group = parts.group;
  }

  async #room(): Promise<Room> {
    return this.roomIn(await this.group.space());
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

  /** Cuts a logical volume. RESOURCE_EXHAUSTED when there is no room. */
  async cut(cut: Cut): Promise<void> {
    await this.#withRoom(cut, () => this.group.cut(cut));
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
  async #withRoom(cut: Cut, work: () => Promise<void>): Promise<void> {
    await this.exclusively(async () => {
      const { largestVolumeBytes: largest } = await this.#room();
      if (largest < cut.bytes) {
        const seen = `${String(cut.bytes)} bytes asked, the largest free piece has ${String(largest)}`;
        throw new CsiError("RESOURCE_EXHAUSTED", `${cut.name}: no room in ${this.group.name}: ${seen}`);
      }
      await work();
    });
  }
}
