// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { StringMap } from "./messages.ts";

const DEFAULT_POOL_CLASS = "standard";
/** What external-provisioner and csi-snapshotter add with --extra-create-metadata. */
const SIDECAR_PREFIX = "csi.storage.k8s.io/";

/** Parameters that others read: the LVM manager. */
const OF_OTHERS = ["devices"];

/** The class of pool that StorageClass parameters ask for. @throws CsiError INVALID_ARGUMENT for an unknown parameter */
export function readPoolClass(parameters: StringMap): string {
  refuseUnknown(parameters, ["poolClass", "zones", ...OF_OTHERS]);
  return parameters["poolClass"] ?? DEFAULT_POOL_CLASS;
}

/** The zones a StorageClass restricts its volumes to, from `zones: zone-a,zone-b`; empty: all. */
export function readZones(parameters: StringMap): string[] {
  return (parameters["zones"] ?? "")
    .split(",")
    .map((zone) => zone.trim())
    .filter((zone) => zone !== "");
}

/** Snapshot classes of this driver take no parameters. @throws CsiError INVALID_ARGUMENT for any */
export function requireNoParameters(parameters: StringMap): void {
  refuseUnknown(parameters, []);
}

/** 64 MiB: more only takes memory from others. */
const LARGEST_READ_AHEAD_KIB = 65_536;

/**
 * What VolumeAttributesClass parameters ask for: `readAheadKiB`, how far the kernel reads ahead on the volume.
 * @returns undefined when they ask for nothing
 * @throws CsiError INVALID_ARGUMENT for an unknown parameter or a value that is none
 */
export function readMutable(parameters: StringMap): number | undefined {
  refuseUnknown(parameters, ["readAheadKiB"]);
  const text = parameters["readAheadKiB"];
  if (text === undefined) return undefined;
  const kib = Number(text);
  if (/^\d+$/.test(text) && kib % 4 === 0 && kib <= LARGEST_READ_AHEAD_KIB) return kib;
  const expected = `a multiple of 4 from 0 to ${String(LARGEST_READ_AHEAD_KIB)}`;
  throw new CsiError("INVALID_ARGUMENT", `readAheadKiB: ${text} found, ${expected} expected`);
}

function refuseUnknown(parameters: StringMap, known: readonly string[]): void {
  const unknown = Object.keys(parameters).filter(
    (key) => !known.includes(key) && !key.startsWith(SIDECAR_PREFIX),
  );
  if (unknown.length > 0) throw new CsiError("INVALID_ARGUMENT", `unknown parameter ${unknown.join(", ")}`);
}
