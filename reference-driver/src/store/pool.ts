// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { mountOf } from "../mount/freeze.ts";
import { bindsOf } from "../mount/block-bind.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type { Activation } from "./activation.ts";
import { copyVolume, isCopy } from "./copy.ts";
import { clearDevice } from "./device-content.ts";
import { copyOnWriteBytes, roundUp } from "./extents.ts";
import { grow, settle } from "./grow.ts";
import { readFaults, thinRoom } from "./health.ts";
import type { LvmSpace, LvmVolume } from "./lvm-report.ts";
import { finishMove, isMoving, movesOf } from "./move.ts";
import { createThin, ensureThinPool, thinUsage } from "./thin.ts";
import { VolumeGroup } from "./volume-group.ts";
import type { Cut } from "./volume-group.ts";
import type { StoredVolume, VolumeSpec } from "./volume-spec.ts";
import { CONDEMNED_TAG, createdTag, readTags, tagsFor } from "./volume-tags.ts";
import type { TagContent } from "./volume-tags.ts";

/** What a pool is built from. */
export interface PoolParts {
  readonly driverName: string;
  readonly poolClass: string;
  readonly volumeGroup: string;
  readonly activation: Activation;
  readonly locks: KeyedLocks;
  /** Other nodes reach the group, too. */
  readonly shared: boolean;
  /** Volumes are cut out of a thin pool. */
  readonly thin: boolean;
}

/** A volume of this driver with LVM's row for it. */
export interface PoolVolume {
  readonly lvm: LvmVolume;
  readonly tags: TagContent;
}

/** Free space in bytes; the largest volume is smaller when it lies in pieces. */
interface Room {
  readonly freeBytes: number;
  readonly largestVolumeBytes: number;
}

/** The volumes of one volume group. Callers hold the lock of the volume they name, and of its source. */
export class Pool {
  readonly poolClass: string;
  readonly group: VolumeGroup;
  readonly activation: Activation;
  readonly #parts: PoolParts;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    this.poolClass = parts.poolClass;
    this.activation = parts.activation;
    this.group = new VolumeGroup(parts.volumeGroup, parts.shared);
  }

  /** All volumes of this driver, half-made and condemned ones too. */
  async all(): Promise<PoolVolume[]> {
    return (await this.group.volumes()).flatMap((lvm) => {
      const tags = readTags(lvm.tags);
      return tags?.driverName === this.#parts.driverName ? [{ lvm, tags }] : [];
    });
  }

  async find(id: string): Promise<PoolVolume | undefined> {
    return (await this.all()).find((volume) => volume.lvm.name === id);
  }

  /** A complete volume as its owner sees it. */
  describe(volume: PoolVolume): StoredVolume | undefined {
    const { createdAt, condemned, ...tags } = volume.tags;
    if (createdAt === undefined || condemned || isMoving(volume.lvm.name)) return undefined;
    const { poolClass } = this;
    const { kind, bytes, source, csiName, group, readAheadKib, attachedTo } = tags;
    const owner = { group, readAheadKib, attachedTo };
    return { id: volume.lvm.name, kind, bytes, source, csiName, ...owner, createdAt, poolClass };
  }

  /** A complete volume as its owner sees it, with what is wrong with it. */
  async described(volume: PoolVolume): Promise<StoredVolume | undefined> {
    const known = this.describe(volume);
    return known && { ...known, fault: (await this.faults()).get(known.id) };
  }

  /** What is wrong with volumes, by their names. */
  async faults(): Promise<ReadonlyMap<string, string>> {
    return this.activation.copyOnWrite ? readFaults(await this.group.health()) : new Map<string, string>();
  }

  /** @param moment what a snapshot's bytes belong to, when its source is held since before it */
  async create(spec: VolumeSpec, moment?: Date): Promise<StoredVolume> {
    const found = await this.find(spec.id);
    const known = found && this.describe(found);
    if (known !== undefined) return known;
    if (found?.tags.condemned === true)
      throw new CsiError("ABORTED", `${spec.id}: deleted, but snapshots still hang on it`);
    // Half-made by a process that died: nobody was told of it.
    if (found !== undefined) await this.discard(found);
    const rounded = { ...spec, bytes: roundUp(spec.bytes, await this.group.extentBytes()) };
    const createdAt = await this.#make(rounded, moment);
    return { ...rounded, createdAt, poolClass: this.poolClass };
  }

  /** Grows a volume to at least this size; one that is large enough stays as it is. */
  async expand(id: string, bytes: number): Promise<StoredVolume> {
    await finishMove(this, id);
    const wanted = roundUp(bytes, await this.group.extentBytes());
    let volume = await this.find(id);
    if (volume !== undefined && volume.lvm.bytes < wanted) {
      await grow(this, volume, wanted);
      volume = await this.find(id);
    }
    const described = volume && this.describe(await settle(this, volume));
    if (described === undefined) throw new CsiError("NOT_FOUND", `${id}: not in ${this.group.name}`);
    return described;
  }

  /** Cuts a snapshot of a source that is held all the while; `whenHeld` gives the moment. */
  async createHeld(spec: VolumeSpec, whenHeld: () => Promise<Date>): Promise<StoredVolume> {
    const { activation } = this.#parts;
    const source = await this.#sourceOf(spec);
    const device = await activation.opened(this.group, source.lvm);
    const cut = async () => this.create(spec, await whenHeld());
    const hold = () => (device === undefined ? cut() : activation.whileHeld(device, cut));
    return activation.whileHeldElsewhere(this.group, source.lvm, hold);
  }

  async delete(id: string): Promise<void> {
    const found = await this.find(id);
    if (found === undefined) return;
    await this.#refuseWhenMounted(found);
    await finishMove(this, id);
    if (await this.#hasSnapshots(id)) {
      await this.group.addTags(id, [CONDEMNED_TAG]);
      return;
    }
    await this.discard(found);
    await this.#removeCondemned(found.lvm.origin);
  }

  async open(volume: PoolVolume): Promise<string> {
    return this.activation.open(this.group, (await settle(this, volume)).lvm);
  }

  async openReadOnly(volume: PoolVolume): Promise<string> {
    return this.activation.openReadOnly(this.group, volume.lvm);
  }

  /** Path of the volume's device when it exists now. */
  async opened(volume: PoolVolume): Promise<string | undefined> {
    return this.activation.opened(this.group, volume.lvm);
  }

  async close(volume: PoolVolume): Promise<void> {
    await this.activation.close(this.group, volume.lvm);
  }

  /** Ends what a process that was killed had begun: moves and growths; then thaws the filesystems it left frozen. */
  async recover(): Promise<void> {
    if (this.#parts.thin) await ensureThinPool(this.group);
    for (const id of movesOf(await this.all())) await finishMove(this, id);
    for (const volume of await this.all()) if (isCopy(volume.lvm.name)) await this.discard(volume);
    for (const volume of await this.all()) {
      await settle(this, volume);
      const device = await this.opened(volume);
      if (device !== undefined) await this.#parts.activation.release(device);
    }
  }

  /** What is free and the largest volume that can be cut now, in bytes. */
  async room(): Promise<Room> {
    return this.roomIn(await this.group.space());
  }

  /** The same of figures taken a moment ago. */
  async roomIn({ freeBytes, extentBytes, freeRuns }: LvmSpace): Promise<Room> {
    if (this.#parts.thin) {
      const room = thinRoom(await thinUsage(this.group));
      return { freeBytes: room, largestVolumeBytes: room };
    }
    if (!this.activation.onePiece) return { freeBytes, largestVolumeBytes: freeBytes };
    const longest = Math.max(0, ...freeRuns.map((run) => run.count));
    return { freeBytes, largestVolumeBytes: longest * extentBytes };
  }

  async #make(spec: VolumeSpec, moment: Date | undefined): Promise<Date> {
    if (this.#parts.thin) {
      if (spec.source !== undefined) await this.#sourceOf(spec);
      return createThin(this, this.#parts.driverName, spec, moment);
    }
    const copyOnWrite = spec.kind === "snapshot" && this.activation.copyOnWrite;
    return copyOnWrite ? this.#snapshotByLvm(spec, moment) : this.#cutAndFill(spec, moment);
  }

  async #snapshotByLvm(spec: VolumeSpec, moment: Date | undefined): Promise<Date> {
    const origin = await this.#sourceOf(spec);
    const createdAt = moment ?? new Date();
    const tags = [...tagsFor(this.#parts.driverName, spec), createdTag(createdAt)];
    const bytes = copyOnWriteBytes(origin.lvm.bytes, await this.group.extentBytes());
    const cut = { name: spec.id, bytes, tags, extra: [] };
    await this.cutCopyOnWrite(origin.lvm.name, cut);
    return createdAt;
  }

  async #cutAndFill(spec: VolumeSpec, moment: Date | undefined): Promise<Date> {
    const source = spec.source === undefined ? undefined : await this.#sourceOf(spec);
    const tags = tagsFor(this.#parts.driverName, spec);
    const extra = this.activation.cutArguments;
    const cut = { name: spec.id, bytes: spec.bytes, tags, extra };
    await this.cut(cut);
    const made = await this.find(spec.id);
    if (made === undefined) throw new Error(`${spec.id}: lvcreate succeeded, but lvs does not list it`);
    const device = await this.open(made);
    await clearDevice(device);
    const copied = source === undefined ? new Date() : await copyVolume(this, source, spec.id, device);
    const createdAt = moment ?? copied;
    await this.close(made);
    await this.group.addTags(spec.id, [createdTag(createdAt)]);
    return createdAt;
  }

  async #sourceOf(spec: VolumeSpec): Promise<PoolVolume> {
    const id = spec.source?.id ?? "";
    const source = await this.find(id);
    if (source === undefined || this.describe(source) === undefined) {
      throw new CsiError("NOT_FOUND", `${spec.id}: its source ${id} is not in ${this.group.name}`);
    }
    if (source.tags.kind === "snapshot") await this.refuseFaulty(source);
    return source;
  }

  /** @throws CsiError FAILED_PRECONDITION when the volume's bytes are lost */
  async refuseFaulty({ lvm }: PoolVolume): Promise<void> {
    const fault = (await this.faults()).get(lvm.name);
    if (fault !== undefined) throw new CsiError("FAILED_PRECONDITION", `${lvm.name}: ${fault}`);
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
      const { largestVolumeBytes: largest } = await this.room();
      if (largest < cut.bytes) {
        const seen = `${String(cut.bytes)} bytes asked, the largest free piece has ${String(largest)}`;
        throw new CsiError("RESOURCE_EXHAUSTED", `${cut.name}: no room in ${this.group.name}: ${seen}`);
      }
      await work();
    });
  }

  /** Where the volume is mounted or shown as a device. */
  async usedAt(volume: PoolVolume): Promise<string | undefined> {
    const device = await this.opened(volume);
    const readOnly = await this.activation.openedReadOnly(this.group, volume.lvm);
    const shown = device && ((await mountOf(device)) ?? (await bindsOf(device))[0]?.target);
    return shown ?? (readOnly && (await bindsOf(readOnly))[0]?.target);
  }

  async #refuseWhenMounted(volume: PoolVolume): Promise<void> {
    const target = await this.usedAt(volume);
    if (target !== undefined)
      throw new CsiError("FAILED_PRECONDITION", `${volume.lvm.name}: still mounted on ${target}`);
  }

  async #hasSnapshots(id: string): Promise<boolean> {
    return (await this.all()).some((volume) => volume.lvm.origin === id);
  }

  async #removeCondemned(origin: string | undefined): Promise<void> {
    if (origin === undefined || (await this.#hasSnapshots(origin))) return;
    const found = await this.find(origin);
    if (found?.tags.condemned === true) await this.discard(found);
  }

  /** Removes a volume's bytes and then itself. */
  async discard(volume: PoolVolume): Promise<void> {
    // A copy-on-write snapshot's device shows its origin's bytes; clearing it would fill its store first. Thin blocks are zeroed
    // when they are given out.
    if (volume.lvm.origin === undefined && !volume.lvm.thin) await clearDevice(await this.open(volume));
    await this.close(volume);
    await this.group.remove(volume.lvm.name, this.activation.removeArguments);
  }
}
