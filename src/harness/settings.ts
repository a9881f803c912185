// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "../catalogue/features.ts";
import type { Room } from "./admission.ts";
import type { PoolUse, Sockets } from "../driver/profile-install.ts";
import type { Timeouts } from "./timeouts.ts";

/** What the cases must know of the driver's profile. */
export interface DriverFacts {
  /** CSI driver name, as in CSINode. */
  readonly name: string;
  readonly features: readonly Feature[];
  readonly storageClasses: { readonly delayed?: string; readonly immediate?: string };
  readonly snapshotClass?: string;
  readonly groupSnapshotClass?: string;
  /** Every key the driver's CSINode entry and each PV's nodeAffinity must carry. */
  readonly topologyKeys: readonly string[];
  /** Run on a node it prints the ids of the volumes and snapshots there, one a line. */
  readonly backEndCommand?: readonly [string, ...string[]];
  /** Where it answers gRPC, if the profile says it. */
  readonly sockets?: Sockets;
  /** Where its discoverer makes volumes, if it has one. */
  readonly staticVolumes?: { readonly class: string; readonly folder: string };
  /** Volumes a node can use at once, if the profile says it. */
  readonly volumesPerNode?: number;
  /** The kit's pools it cuts volumes from, if it does. */
  readonly pools?: PoolUse;
  /** Of its claims, where a case does not ask for another. */
  readonly accessMode: string;
  /** What its claims are rounded up to. */
  readonly sizes: { readonly minBytes: number; readonly stepBytes: number };
  /** Pods whose logs are kept of a case that did not pass. */
  readonly logs: readonly { readonly namespace: string; readonly labels?: string }[];
}

/** All a worker is told; plain data, because it crosses a thread. */
export interface RunSettings {
  readonly runId: string;
  readonly cluster: string;
  /** Image of the pods that write and read volumes. */
  readonly probeImage: string;
  readonly runDirectory: string;
  /** Case ids to run; none means all. */
  readonly caseIds: readonly string[];
  /** How much may go on at once; one case means that they run one after another. */
  readonly room: Room;
  /** Why a case does not run, by id. */
  readonly notGoing: Readonly<Record<string, string>>;
  readonly driver: DriverFacts;
  readonly timeouts: Timeouts;
  readonly kitVersion: string;
  /** Command that runs one case again; `{case}` in it stands for the case's id. */
  readonly rerun: string;
}

/** Where finished cases are written, one JSON document a line. */
export function resultsFile(runDirectory: string): string {
  return `${runDirectory}/results.ndjson`;
}

declare module "vitest" {
  interface ProvidedContext {
    seaworthy: RunSettings;
  }
}
