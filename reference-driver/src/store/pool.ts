// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { isCopy } from "./copy.ts";
import { roundUp } from "./extents.ts";
import { grow } from "./grow.ts";
import { makeVolume, sourceOf } from "./make-volume.ts";
import { movesOf } from "./move-names.ts";
import { finishMove } from "./move.ts";
import type { PoolVolume } from "./pool-volume.ts";
import { PoolVolumes } from "./pool-volumes.ts";
import { settle } from "./settle.ts";
import { ensureThinPool } from "./thin-pool.ts";
import type { StoredVolume, VolumeSpec } from "./volume-spec.ts";
import { CONDEMNED_TAG } from "./volume-tags.ts";

/** What is done to the volumes of one group. Callers hold the lock of the volume they name, and of its source. */
export class Pool extends PoolVolumes {
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
    const createdAt = await makeVolume(this, rounded, moment);
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
    const { activation } = this;
    const source = await sourceOf(this, spec);
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

  /** Ends what a process that was killed had begun: moves and growths; then thaws the filesystems it left frozen. */
  async recover(): Promise<void> {
    if (this.thin) await ensureThinPool(this.group);
    for (const id of movesOf((await this.all()).map(({ lvm }) => lvm.name))) await finishMove(this, id);
    for (const volume of await this.all()) if (isCopy(volume.lvm.name)) await this.discard(volume);
    for (const volume of await this.all()) {
      await settle(this, volume);
      const device = await this.opened(volume);
      if (device !== undefined) await this.activation.release(device);
    }
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
}
