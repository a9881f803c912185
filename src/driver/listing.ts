// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** A volume as ListVolumes gives it, with the first segment it can be reached from (CSI: Volume.accessible_topology), if any. */
const listedVolume = z.strictObject({
  id: z.string(),
  segments: z.record(z.string(), z.string()).nullable(),
});

/** What ListVolumes gave, and ids that ListSnapshots gave; null where the driver does not have the call. */
export const listing = z.strictObject({
  volumes: z.array(listedVolume).nullable(),
  snapshots: z.array(z.string()).nullable(),
});

export type Listing = z.infer<typeof listing>;
