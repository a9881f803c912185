// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { bindsOf } from "../mount/block-bind.ts";
import { mountOf } from "../mount/freeze.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type { Activation } from "./activation.ts";
import { clearDevice } from "./device-content.ts";
import { readFaults } from "./health.ts";
import { PoolSpace } from "./pool-space.ts";
import type { PoolVolume } from "./pool-volume.ts";
import { describeVolume } from "./pool-volume.ts";
import { settle } from "./settle.ts";
import { VolumeGroup } from "./volume-group.ts";
import type { StoredVolume } from "./volume-spec.ts";
import { readTags } from "./volume-tags.ts";

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

/** What of this driver lies in one volume group: found, shown as devices, discarded. */
export class PoolVolumes {
  readonly poolClass: string;
  readonly driverName: string;
  readonly thin: boolean;
  readonly group: VolumeGroup;
  readonly activation: Activation;
  readonly space: PoolSpace;

  constructor(parts: PoolParts) {
    this.poolClass = parts.poolClass;
    this.driverName = parts.driverName;
    this.thin = parts.thin;
    this.activation = parts.activation;
    this.group = new VolumeGroup(parts.volumeGroup, parts.shared);
    this.space = new PoolSpace({ ...parts, group: this.group });
  }

  /** All volumes of this driver, half-made and condemned ones too. */
  async all(): Promise<PoolVolume[]> {
    return (await this.group.volumes()).flatMap((lvm) => {
      const tags = readTags(lvm.tags);
      return tags?.driverName === this.driverName ? [{ lvm, tags }] : [];
    });
  }

  async find(id: string): Promise<PoolVolume | undefined> {
    return (await this.all()).find((volume) => volume.lvm.name === id);
  }

  /** A complete volume as its owner sees it. */
  describe(volume: PoolVolume): StoredVolume | undefined {
    return describeVolume(volume, this.poolClass);
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

  /** @throws CsiError FAILED_PRECONDITION when the volume's bytes are lost */
  async refuseFaulty({ lvm }: PoolVolume): Promise<void> {
    const fault = (await this.faults()).get(lvm.name);
    if (fault !== undefined) throw new CsiError("FAILED_PRECONDITION", `${lvm.name}: ${fault}`);
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

  /** Where the volume is mounted or shown as a device. */
  async usedAt(volume: PoolVolume): Promise<string | undefined> {
    const device = await this.opened(volume);
    const readOnly = await this.activation.openedReadOnly(this.group, volume.lvm);
    const shown = device && ((await mountOf(device)) ?? (await bindsOf(device))[0]?.target);
    return shown ?? (readOnly && (await bindsOf(readOnly))[0]?.target);
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
