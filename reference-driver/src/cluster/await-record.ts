// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import type { LogicalVolume } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Below the sidecars' --timeout of 60 s, so that the caller hears our reason and not its own time-out. */
const LONGEST_WAIT_MS = 55_000;

/** A record's state that may end a wait: the record, or undefined when it is gone. */
export type Verdict<T> = (record: LogicalVolume | undefined) => T | undefined;

/**
 * Waits by watch until the judge gives an answer about a record.
 * @throws CsiError DEADLINE_EXCEEDED with what was last seen
 */
export async function awaitRecord<T>(
  records: VolumeRecords,
  name: string,
  judge: Verdict<T>,
  longestMs = LONGEST_WAIT_MS,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let last: LogicalVolume | undefined;
  const look = (record: LogicalVolume | undefined): void => {
    last = record ?? last;
    const answer = judge(record);
    if (answer !== undefined) resolve(answer);
  };
  const unlisten = records.listen((record, gone) => {
    if (record.metadata?.name === name) look(gone ? undefined : record);
  });
  const timer = setTimeout(() => {
    const seen =
      last === undefined ? "no record" : `node ${last.spec.node}, phase ${last.status?.phase ?? "none"}`;
    reject(
      new CsiError(
        "DEADLINE_EXCEEDED",
        `${name}: waited ${String(longestMs / 1000)} s for its node; last seen: ${seen}`,
      ),
    );
  }, longestMs);
  try {
    // The record may have got there before the listener did.
    look(await records.resource.get(name));
    return await promise;
  } finally {
    clearTimeout(timer);
    unlisten();
  }
}
