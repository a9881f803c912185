// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { VolumeCapability } from "./messages.ts";

/** The one filesystem of this cut. */
export const FILESYSTEM = "ext4";

const MODES: readonly string[] = ["SINGLE_NODE_WRITER", "SINGLE_NODE_READER_ONLY"];

/** Why a capability cannot be had; undefined when it can. */
export function objection(capability: VolumeCapability): string | undefined {
  const mode = capability.accessMode?.mode ?? "UNKNOWN";
  if (capability.block) return "block volumes are not supported";
  if (!capability.mount) return "a volume capability names neither block nor mount";
  const { fsType } = capability.mount;
  if (fsType !== "" && fsType !== FILESYSTEM)
    return `filesystem ${fsType} is not supported, ${FILESYSTEM} is`;
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
