// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** A wait the kit makes, how long it makes it, and why so long. */
interface Timeout {
  /** Seconds. */
  readonly default: number;
  readonly description: string;
}

/** Every wait whose length a profile may change. The defaults are for a slow machine, not for a good driver. */
export const timeoutTable = {
  driverReady: { default: 180, description: "driver workloads rolled out; images are on the nodes already" },
  volumeProvisioned: {
    default: 90,
    description: "claim bound after the provisioner could act; back-off reaches about a minute",
  },
  volumeGrown: {
    default: 180,
    description:
      "claim's new size in its status; the kubelet looks for filesystems to grow about once a minute",
  },
  podReady: { default: 150, description: "pod Ready on its node: attach, stage, publish, start" },
  podGone: {
    default: 120,
    description: "deleted pod gone and its volumes unpublished; the kubelet's grace is 30 s",
  },
  snapshotReady: { default: 90, description: "snapshot readyToUse, which may mean copying all its blocks" },
  statefulSetSettled: {
    default: 300,
    description: "all replicas of a StatefulSet Ready, or gone, one after another",
  },
  backEndClean: {
    default: 90,
    description: "back end without a deleted volume or snapshot; deletions are retried with back-off",
  },
} as const satisfies Readonly<Record<string, Timeout>>;

/** What is awaited. */
export type TimeoutName = keyof typeof timeoutTable;

/** Seconds for each wait. */
export type Timeouts = Readonly<Record<TimeoutName, number>>;

const names = Object.keys(timeoutTable) as TimeoutName[];

/** A profile's own times, in seconds; what is not given has the default. */
export const timeouts = z
  .strictObject(
    Object.fromEntries(names.map((name) => [name, seconds(name)])) as Record<
      TimeoutName,
      ReturnType<typeof seconds>
    >,
  )
  .prefault({});

function seconds(name: TimeoutName) {
  const { default: value, description } = timeoutTable[name];
  return z.int().min(1).max(3600).default(value).describe(`Seconds to wait for: ${description}`);
}
