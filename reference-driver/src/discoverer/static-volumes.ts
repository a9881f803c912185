// SPDX-License-Identifier: Apache-2.0
import { cleanVolume } from "./clean-volume.ts";
import { staticVolume } from "./static-volume.ts";
import type { FoundVolume, StaticVolume, VolumeContext } from "./static-volume.ts";

/** What a discoverer does with each volume it finds on its node. */
export interface StaticVolumes {
  /** The PersistentVolume that offers it. */
  describe(found: FoundVolume, context: Omit<VolumeContext, "node">): StaticVolume;
  /** Takes away all that its last owner left. */
  clean(found: FoundVolume): Promise<void>;
}

export function createStaticVolumes({ node }: Pick<VolumeContext, "node">): StaticVolumes {
  return { describe: (found, context) => staticVolume(found, { ...context, node }), clean: cleanVolume };
}
