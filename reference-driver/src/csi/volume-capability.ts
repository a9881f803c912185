// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { FILESYSTEM_NAMES, filesystemNamed } from "../mount/filesystem-named.ts";
import type { VolumeCapability } from "./messages.ts";

const MODES: readonly string[] = [
  "SINGLE_NODE_WRITER",
  "SINGLE_NODE_READER_ONLY",
  "SINGLE_NODE_SINGLE_WRITER",
  "SINGLE_NODE_MULTI_WRITER",
];

/** Why a capability cannot be had; undefined when it can. */
export function objection(capability: VolumeCapability): string | undefined {
  const mode = capability.accessMode?.mode ?? "UNKNOWN";
  if (!capability.mount && !capability.block) return "a volume capability names neither block nor mount";
  const fsType = capability.mount?.fsType ?? "";
  if (fsType !== "" && !FILESYSTEM_NAMES.includes(fsType))
    return `filesystem ${fsType} is not supported, ${FILESYSTEM_NAMES.join(" and ")} are`;
  if (!MODES.includes(mode)) return `access mode ${mode} is not supported, as a volume lives on one node`;
  return undefined;
}

/** @throws CsiError INVALID_ARGUMENT when the list is empty or one of it cannot be had */
export function requireCapabilities(capabilities: readonly VolumeCapability[]): void {
  if (capabilities.length === 0) throw new CsiError("INVALID_ARGUMENT", "volume_capabilities is missing");
  for (const capability of capabilities) {
    const reason = objection(capability);
    if (reason !== undefined) throw new CsiError("INVALID_ARGUMENT", reason);
  }
}

/** Size in bytes of the smallest volume that can serve all these capabilities; 0 when any can. */
export function smallestFor(capabilities: readonly VolumeCapability[]): number {
  return Math.max(
    0,
    ...capabilities.map(({ mount }) => (mount ? filesystemNamed(mount.fsType).smallestBytes : 0)),
  );
}
