// SPDX-License-Identifier: Apache-2.0
import { LONGEST_HOLD_MS } from "../back-end/held-together.ts";
import type { LogicalVolume, LogicalVolumeStatus } from "../cluster/resources.ts";
import type { VolumeRecords } from "../cluster/volume-records.ts";
import { CsiError } from "../grpc/csi-error.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import { specOf, statusOf } from "./cut-status.ts";

/**
 * Cuts a group's snapshot: holds the source, says so in the record, and cuts when the controller orders it. A source
 * whose order does not come is let go after {@link LONGEST_HOLD_MS}, and the snapshot has failed.
 * @returns the status to write; undefined when there is nothing to do
 */
export async function cutWithGroup(
  store: VolumeStore,
  records: VolumeRecords,
  id: string,
): Promise<LogicalVolumeStatus | undefined> {
  // Read anew: the watch may not have seen yet what this process wrote last.
  const record = await records.resource.get(id);
  if (record === undefined || record.metadata?.deletionTimestamp !== undefined) return undefined;
  switch (record.status?.phase) {
    case "Ready":
    case "Failed":
      return undefined;
    case "Frozen": {
      // Held by a process that is gone, and its hold with it: writes may have got on since.
      const message = `${id}: its source was let go before it was cut`;
      return { phase: "Failed", code: "ABORTED", message };
    }
    case "Pending":
    case undefined:
      return statusOf(() =>
        store.createHeld(specOf(record), async () => {
          await records.setStatus(id, { phase: "Frozen" });
          return untilOrdered(records, id);
        }),
      );
  }
}

async function untilOrdered(records: VolumeRecords, id: string): Promise<Date> {
  const { promise, resolve, reject } = Promise.withResolvers<Date>();
  const giveUp = (why: string) => reject(new CsiError("ABORTED", `${id}: ${why}`));
  const look = (record: LogicalVolume, gone: boolean): void => {
    if (record.metadata?.name !== id) return;
    if (gone || record.metadata.deletionTimestamp !== undefined) giveUp("deleted before it was cut");
    else if (record.spec.cutAt !== undefined) resolve(new Date(record.spec.cutAt));
  };
  const unlisten = records.listen(look);
  // The order may have been faster than the listener.
  const seen = records.seen(id);
  if (seen !== undefined) look(seen, false);
  const timer = setTimeout(
    () => giveUp(`no order to cut came within ${String(LONGEST_HOLD_MS / 1000)} s`),
    LONGEST_HOLD_MS,
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    unlisten();
  }
}
