// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { awaitRecord } from "./await-record.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Asks for a volume's read-ahead and waits until its node has set it. */
export async function changeReadAhead(
  records: VolumeRecords,
  id: string,
  readAheadKib: number,
): Promise<void> {
  await records.resource.merge(id, { spec: { readAheadKib } });
  const there = await awaitRecord(records, id, (record) => {
    if (record === undefined) return "gone";
    return record.status?.readAheadKib === readAheadKib ? "set" : undefined;
  });
  if (there === "gone") throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
}
