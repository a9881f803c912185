// SPDX-License-Identifier: Apache-2.0
import type { RunningPod } from "./running-pod.ts";

/** How far the writer of a record log was at one moment, in records. */
export interface LogMoment {
  /** Writes begun: a snapshot taken before this moment holds no later record. */
  readonly begun: number;
  /** Writes synced: a snapshot asked for after this moment lacks none of them. */
  readonly acknowledged: number;
}

/** A program in a pod that writes records in order, each synced before the next, on one volume or on several in turn. */
interface RecordLog {
  /** Waits until so many records are synced. */
  until(records: number): Promise<LogMoment>;
  /** Waits until the volume refuses a record, as one does that was taken away in mid-write; the writer has ended then. */
  untilRefused(): Promise<LogMoment>;
  /** Ends the writer. */
  stop(): Promise<LogMoment>;
}

export interface RecordLogs {
  /**
   * Starts a writer and resolves when it writes.
   * @param volumes How many of the pod's volumes take turns, from the one at `/data` on; 1 when left out.
   */
  start(pod: RunningPod, owner: string, volumes?: number): Promise<RecordLog>;
  /**
   * The volumes, in the order in which they take turns, hold together a prefix of the records: all that were acknowledged,
   * none that was not begun, none torn, no gap. Each is at `/data` in its pod. Resolves with the number of records.
   */
  expect(pods: readonly RunningPod[], owner: string, moment: LogMoment): Promise<number>;
}
