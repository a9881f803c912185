// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { VolumeKind } from "../store/volume-spec.ts";

const LONGEST = 60;

/**
 * The id of a volume or snapshot: a pure function of the name the caller chose, so that a repeated call finds the first
 * one's work. It is a legal LVM name (which may not begin with "snapshot", lvm(8)) and a legal Kubernetes object name.
 */
export function volumeId(kind: VolumeKind, csiName: string): string {
  const [expected, prefix] = kind === "volume" ? ["pvc-", "pvc-"] : ["snapshot-", "snap-"];
  const rest = csiName.startsWith(expected) ? csiName.slice(expected.length) : "";
  if (rest.length <= LONGEST - prefix.length && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(rest))
    return `${prefix}${rest}`;
  return `${kind === "volume" ? "vol-" : "snap-x-"}${digest(csiName)}`;
}

/** The id of a group of snapshots: a pure function of the name the caller chose. */
export function groupId(csiName: string): string {
  return `group-${digest(csiName)}`;
}

/** The id of a group's snapshot of one source. */
export function memberId(group: string, sourceId: string): string {
  return `snap-g-${digest(`${group}/${sourceId}`)}`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
