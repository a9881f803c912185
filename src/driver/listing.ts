// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** Ids that ListVolumes and ListSnapshots gave; null where the driver does not have the call. */
export const listing = z.strictObject({
  volumes: z.array(z.string()).nullable(),
  snapshots: z.array(z.string()).nullable(),
});

export type Listing = z.infer<typeof listing>;
