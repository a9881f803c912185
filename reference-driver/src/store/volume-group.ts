// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";
import { whileDeviceHeld } from "./device-lock.ts";
import type { ByteRange } from "./extents.ts";
import { byteRange, CHUNK_BYTES } from "./extents.ts";
import { HEALTH_FIELDS } from "./health.ts";
import { readRows, readSpace, readVolumes, SPACE_FIELDS } from "./lvm-report.ts";
import type { ExtentRun, LvmDevice, LvmSpace, LvmVolume, Row } from "./lvm-report.ts";

const REPORT = ["--reportformat", "json", "--units", "b", "--nosuffix"] as const;

/** How a new logical volume is to be cut. */
export interface Cut {
  readonly name: string;
  readonly bytes: number;
  readonly tags: readonly string[];
  /** Arguments the way of activation asks for. */
  readonly extra: readonly string[];
  /** Physical device it must lie on, or the extents there; anywhere when left out. */
  readonly on?: string | ExtentRun;
}

/** LVM's view of one volume group: metadata only, no block devices. */
export class VolumeGroup {
  readonly name: string;
  readonly #shared: boolean;
  #extentBytes: number | undefined;
  #lockDevice: string | undefined;
  #physical: readonly LvmDevice[] = [];

  /** @param shared other nodes of this kernel change the group, too */
  constructor(name: string, shared = false) {
    this.name = name;
    this.#shared = shared;
  }

  async volumes(): Promise<LvmVolume[]> {
    const fields = "lv_name,lv_size,lv_tags,lv_path,origin,pool_lv,seg_pe_ranges";
    return readVolumes(await this.#rows("lvs", ["--segments", "-o", fields]));
  }

  async find(name: string): Promise<LvmVolume | undefined> {
    return (await this.volumes()).find((volume) => volume.name === name);
  }

  /** Size of an extent in bytes; fixed when the group was made. */
  async extentBytes(): Promise<number> {
    this.#extentBytes ??= (await this.space()).extentBytes;
    return this.#extentBytes;
  }

  /** Figures, devices and free pieces, in one command: each costs more than what it looks up. */
  async space(): Promise<LvmSpace> {
    const argv = ["pvs", ...REPORT, "--segments", "-o", SPACE_FIELDS, "-S", `vg_name=${this.name}`];
    const space = readSpace(readRows((await runCommand(argv)).stdout));
    if (space === undefined) throw new Error(`pvs: no volume group ${this.name}`);
    this.#physical = space.devices;
    return space;
  }

  /** Where the bytes of a one-piece volume lie. */
  async locate(volume: LvmVolume): Promise<ByteRange> {
    // Where a device's extents start never changes, but devices may be added to the group.
    const known = volume.runs.every((run) => this.#physical.some((device) => device.device === run.device));
    if (!known) await this.space();
    return byteRange(volume.runs, this.#physical, await this.extentBytes());
  }

  async cut(cut: Cut): Promise<void> {
    const tags = cut.tags.flatMap((tag) => ["--addtag", tag]);
    await this.#change([
      "lvcreate",
      "-y",
      ...cut.extra,
      "-n",
      cut.name,
      "-L",
      `${String(cut.bytes)}b`,
      ...tags,
      this.name,
      ...(cut.on === undefined ? [] : [placeOf(cut.on)]),
    ]);
  }

  /** Grows a logical volume to a size in bytes. */
  async extend(name: string, bytes: number, extra: readonly string[]): Promise<void> {
    await this.#change(["lvextend", ...extra, "-L", `${String(bytes)}b`, `${this.name}/${name}`]);
  }

  async rename(from: string, to: string, extra: readonly string[]): Promise<void> {
    await this.#change(["lvrename", ...extra, this.name, from, to]);
  }

  /** Cuts a copy-on-write snapshot. The size is given in bytes: a percentage LVM takes as an upper limit only. */
  async cutCopyOnWrite(origin: string, cut: Cut): Promise<void> {
    const tags = cut.tags.flatMap((tag) => ["--addtag", tag]);
    const size = ["--chunksize", `${String(CHUNK_BYTES)}b`, "-L", `${String(cut.bytes)}b`];
    const argv = ["lvcreate", "-y", ...cut.extra, "-s", "-n", cut.name, ...size, ...tags];
    await this.#change([...argv, `${this.name}/${origin}`]);
  }

  /** Cuts a thin pool of 95 % of the free space; its metadata and their growth get the rest. */
  async cutThinPool(name: string): Promise<void> {
    const size = ["--type", "thin-pool", "-l", "95%FREE", "--poolmetadataspare", "n", "-Zy"];
    await this.#change(["lvcreate", "-y", ...size, "-n", name, this.name]);
  }

  /** Cuts a blank volume out of a thin pool. */
  async cutThin(pool: string, cut: Cut): Promise<void> {
    const tags = cut.tags.flatMap((tag) => ["--addtag", tag]);
    const size = ["-V", `${String(cut.bytes)}b`, "--thinpool", pool];
    await this.#change(["lvcreate", "-y", "-Wn", ...size, "-n", cut.name, ...tags, this.name]);
  }

  /** Cuts a thin snapshot; LVM freezes a mounted origin for that moment. */
  async snapshotThin(origin: string, name: string, tagList: readonly string[]): Promise<void> {
    const tags = tagList.flatMap((tag) => ["--addtag", tag]);
    await this.#change(["lvcreate", "-y", "-s", "-kn", "-n", name, ...tags, `${this.name}/${origin}`]);
  }

  /** The rows that tell what is wrong with volumes, where LVM activates them itself. */
  async health(): Promise<Row[]> {
    return this.#rows("lvs", ["-o", HEALTH_FIELDS]);
  }

  async addTags(name: string, tags: readonly string[]): Promise<void> {
    await this.changeTags(name, tags, []);
  }

  /** Adds and takes away tags in one change of the metadata. */
  async changeTags(name: string, added: readonly string[], taken: readonly string[]): Promise<void> {
    const add = added.flatMap((tag) => ["--addtag", tag]);
    const take = taken.flatMap((tag) => ["--deltag", tag]);
    await this.#change(["lvchange", ...add, ...take, `${this.name}/${name}`]);
  }

  async replaceTag(name: string, old: string, tag: string): Promise<void> {
    await this.#change(["lvchange", "--deltag", old, "--addtag", tag, `${this.name}/${name}`]);
  }

  async remove(name: string, extra: readonly string[]): Promise<void> {
    await this.#change(["lvremove", "-y", ...extra, `${this.name}/${name}`]);
  }

  /** Runs a program that changes the group's metadata. */
  async #change(argv: readonly string[]): Promise<void> {
    const run = async (): Promise<void> => void (await runCommand(argv));
    if (!this.#shared) return run();
    this.#lockDevice ??= (await this.space()).devices.map(({ device }) => device).sort()[0];
    if (this.#lockDevice === undefined) throw new Error(`${this.name}: has no physical device`);
    return whileDeviceHeld(this.#lockDevice, run);
  }

  async #rows(command: string, args: readonly string[]) {
    return readRows((await runCommand([command, ...REPORT, ...args, this.name])).stdout);
  }
}

/** As lvcreate takes it: a device, or extents of it with both ends included. */
function placeOf(on: string | ExtentRun): string {
  if (typeof on === "string") return on;
  return `${on.device}:${String(on.first)}-${String(on.first + on.count - 1)}`;
}
