// SPDX-License-Identifier: Apache-2.0
import type { GroupMembership, VolumeKind, VolumeSource, VolumeSpec } from "./volume-spec.ts";

/** What LVM tags say about a logical volume, so that the volume group alone tells its story after any crash. */
export interface TagContent {
  readonly driverName: string;
  readonly kind: VolumeKind;
  readonly bytes: number;
  readonly csiName: string;
  readonly source: VolumeSource | undefined;
  readonly group: GroupMembership | undefined;
  readonly readAheadKib: number | undefined;
  readonly attachedTo: string | undefined;
  /** Unset while the volume is being filled. */
  readonly createdAt: Date | undefined;
  /** Deleted by its owner, kept only because copy-on-write snapshots hang on it. */
  readonly condemned: boolean;
}

const PREFIX = "sw.";

/** Tag of a volume that waits for its last copy-on-write snapshot to go. */
export const CONDEMNED_TAG = "sw.condemned";

/** Tags to create a volume with. CSI names may hold any character, so that one is base64url. */
export function tagsFor(driverName: string, spec: VolumeSpec): string[] {
  const tags = [
    `${PREFIX}driver=${driverName}`,
    `${PREFIX}kind=${spec.kind}`,
    bytesTag(spec.bytes),
    `${PREFIX}name=${Buffer.from(spec.csiName).toString("base64url")}`,
  ];
  if (spec.source !== undefined) tags.push(`${PREFIX}source=${spec.source.kind}:${spec.source.id}`);
  if (spec.group !== undefined) tags.push(`${PREFIX}group=${spec.group.id}/${String(spec.group.size)}`);
  if (spec.readAheadKib !== undefined) tags.push(readAheadTag(spec.readAheadKib));
  return tags;
}

/** Tag that says which node a volume of a shared pool is attached to. */
export function attachedTag(node: string): string {
  return `${PREFIX}attached=${node}`;
}

/** Tag that says how far to read ahead. */
export function readAheadTag(kib: number): string {
  return `${PREFIX}readahead=${String(kib)}`;
}

/** Tag that says: complete, and its bytes are those of this moment. */
export function createdTag(moment: Date): string {
  return `${PREFIX}created=${String(moment.getTime())}`;
}

/** Tag that says how large the volume's owner was told it is. */
export function bytesTag(bytes: number): string {
  return `${PREFIX}bytes=${String(bytes)}`;
}

/** Reads the tags of one volume; undefined when they are not ours. */
export function readTags(tags: readonly string[]): TagContent | undefined {
  const values = new Map(tags.filter((tag) => tag.startsWith(PREFIX)).map(splitTag));
  const driverName = values.get("driver");
  const kind = values.get("kind");
  if (driverName === undefined || (kind !== "volume" && kind !== "snapshot")) return undefined;
  const created = values.get("created");
  return {
    driverName,
    kind,
    bytes: Number(values.get("bytes") ?? 0),
    csiName: Buffer.from(values.get("name") ?? "", "base64url").toString(),
    source: readSource(values.get("source")),
    group: readGroup(values.get("group")),
    readAheadKib: readNumber(values.get("readahead")),
    attachedTo: values.get("attached"),
    createdAt: created === undefined ? undefined : new Date(Number(created)),
    condemned: tags.includes(CONDEMNED_TAG),
  };
}

function splitTag(tag: string): [string, string] {
  const body = tag.slice(PREFIX.length);
  const at = body.indexOf("=");
  return at < 0 ? [body, ""] : [body.slice(0, at), body.slice(at + 1)];
}

function readSource(text: string | undefined): VolumeSource | undefined {
  const [kind, id] = (text ?? "").split(":");
  if ((kind !== "volume" && kind !== "snapshot") || id === undefined) return undefined;
  return { kind, id };
}

function readGroup(text: string | undefined): GroupMembership | undefined {
  const [id, size] = (text ?? "").split("/");
  return id === undefined || size === undefined ? undefined : { id, size: Number(size) };
}

function readNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
