// SPDX-License-Identifier: Apache-2.0

/** A run of extents on one device: first extent and how many. */
export interface ExtentRun {
  readonly device: string;
  readonly first: number;
  readonly count: number;
}

/** One logical volume of a report. */
export interface LvmVolume {
  readonly name: string;
  readonly bytes: number;
  readonly tags: readonly string[];
  readonly path: string;
  /** Name of the origin when this is a copy-on-write snapshot; a thin snapshot does not depend on one. */
  readonly origin: string | undefined;
  /** True when it lies in a thin pool. */
  readonly thin: boolean;
  readonly runs: readonly ExtentRun[];
}

/** A volume group's own figures, in bytes. */
interface LvmGroup {
  readonly name: string;
  readonly extentBytes: number;
  readonly totalBytes: number;
  readonly freeBytes: number;
}

/** A physical volume: where its first extent starts, in bytes from the device's start. */
export interface LvmDevice {
  readonly device: string;
  readonly startBytes: number;
}

/** A volume group with its devices and what is free on them. */
export interface LvmSpace extends LvmGroup {
  readonly devices: readonly LvmDevice[];
  readonly freeRuns: readonly ExtentRun[];
}

/** One row of an LVM report. */
export type Row = Readonly<Record<string, string>>;

/** The rows of an LVM JSON report. Its one section is called by the command and its options: lv, vg, pv, seg or pvseg. */
export function readRows(json: string): Row[] {
  const report = JSON.parse(json) as { report: Readonly<Record<string, Row[]>>[] };
  return report.report.flatMap((part) => Object.values(part).flat());
}

/** Joins the rows of `lvs --segments` into one entry per logical volume. */
export function readVolumes(rows: readonly Row[]): LvmVolume[] {
  const volumes = new Map<string, LvmVolume>();
  for (const row of rows) {
    const name = row["lv_name"] ?? "";
    const runs = readRuns(row["seg_pe_ranges"] ?? "");
    const known = volumes.get(name);
    volumes.set(
      name,
      known === undefined ? readVolume(row, runs) : { ...known, runs: [...known.runs, ...runs] },
    );
  }
  return [...volumes.values()];
}

function readVolume(row: Row, runs: ExtentRun[]): LvmVolume {
  const origin = row["origin"] ?? "";
  const thin = (row["pool_lv"] ?? "") !== "";
  return {
    name: row["lv_name"] ?? "",
    bytes: Number(row["lv_size"]),
    tags: (row["lv_tags"] ?? "").split(",").filter((tag) => tag !== ""),
    path: row["lv_path"] ?? "",
    origin: origin === "" || thin ? undefined : origin,
    thin,
    runs,
  };
}

/** Reads ranges as lvs prints them: `/dev/loop9:0-24 /dev/loop9:30-31`, both ends included. */
export function readRuns(text: string): ExtentRun[] {
  return [...text.matchAll(/(\S+):(\d+)-(\d+)/g)].map(([, device, first, last]) => ({
    device: device ?? "",
    first: Number(first),
    count: Number(last) - Number(first) + 1,
  }));
}

function readGroup(row: Row): LvmGroup {
  return {
    name: row["vg_name"] ?? "",
    extentBytes: Number(row["vg_extent_size"]),
    totalBytes: Number(row["vg_size"]),
    freeBytes: Number(row["vg_free"]),
  };
}

function readDevice(row: Row): LvmDevice {
  return { device: row["pv_name"] ?? "", startBytes: Number(row["pe_start"]) };
}

/** Fields of `pvs --segments` that `readSpace` reads. */
export const SPACE_FIELDS =
  "pv_name,pe_start,vg_name,vg_extent_size,vg_size,vg_free,pvseg_start,pvseg_size,segtype";

/** All of a group's space in the rows of one `pvs --segments`; undefined when there is no such group. */
export function readSpace(rows: readonly Row[]): LvmSpace | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const devices = new Map(rows.map((row) => [row["pv_name"] ?? "", readDevice(row)]));
  return { ...readGroup(first), devices: [...devices.values()], freeRuns: readFreeRuns(rows) };
}

/** The free runs in the rows of `pvs --segments`. */
function readFreeRuns(rows: readonly Row[]): ExtentRun[] {
  return rows
    .filter((row) => row["segtype"] === "free")
    .map((row) => ({
      device: row["pv_name"] ?? "",
      first: Number(row["pvseg_start"]),
      count: Number(row["pvseg_size"]),
    }));
}
