// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { awaitRecord } from "./await-record.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Asks for a volume's attachment to a node, or to none, and waits until no other node can write to it. */
export async function changeAttachment(
  records: VolumeRecords,
  id: string,
  node: string | undefined,
): Promise<void> {
  await records.resource.merge(id, { spec: { attachedTo: node ?? null } });
  const there = await awaitRecord(records, id, (record) => {
    if (record === undefined) return "gone";
    return record.status?.attachedTo === node ? "done" : undefined;
  });
  if (there === "gone" && node !== undefined) throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
}
