// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** What every worker of a run in the cluster is told; each takes the part that its index names. */
export const workOrder = z.strictObject({
  kitVersion: z.string(),
  catalogueHash: z.string(),
  commit: z.string(),
  /** The image that the kit's pods in the cluster run. */
  probeImage: z.string(),
  certifyFlags: z.string(),
  /** Each worker's part of the pools that the driver cuts from, where whoever gives the order knows them. */
  poolBytes: z.number().optional(),
  selection: z.strictObject({ cases: z.array(z.string()), features: z.array(z.string()) }).optional(),
  workers: z
    .array(
      z.strictObject({
        caseIds: z.array(z.string()).min(1),
        alone: z.boolean(),
        /** The same for every pod that does this worker's part, so that the next finds what the last has left. */
        runId: z.string(),
      }),
    )
    .min(1),
});

export type WorkOrder = z.infer<typeof workOrder>;

/** Where a worker finds its orders, and leaves what it found: paths in its pod. */
export const workPlaces = {
  order: "/etc/seaworthy/order.json",
  profile: "/etc/seaworthy/profile.yaml",
  home: "/work",
  report: "/work/report",
  /** There when the report is whole. */
  done: "/work/done",
  /** Put there by whoever has taken the report; only then does the pod end. */
  taken: "/work/taken",
  account: "/var/run/secrets/kubernetes.io/serviceaccount",
} as const;
