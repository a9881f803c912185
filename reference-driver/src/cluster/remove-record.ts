// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from "node:crypto";
import { CsiError } from "../grpc/csi-error.ts";
import { awaitRecord } from "./await-record.ts";
import type { LogicalVolume } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** On a record: the controller asks whether the volume is in use; a word of its own for each time it asks. */
const USE_ASKED = "local.seaworthy.dev/use-asked";
/** The node's answer: the word, and behind it where the volume is in use, if it is. */
const USE_ANSWERED = "local.seaworthy.dev/use-answered";

/**
 * Removes a record and waits until its node has removed the bytes. A record that is being deleted cannot be kept any more,
 * so its node is asked first.
 * @throws CsiError FAILED_PRECONDITION when the volume is in use; it stays as it is
 */
export async function removeRecord(records: VolumeRecords, id: string): Promise<void> {
  const record = await records.resource.get(id);
  if (record?.spec.kind === "volume" && record.status?.phase === "Ready" && !isGoing(record))
    await refuseWhenUsed(records, id);
  if (await records.resource.delete(id))
    await awaitRecord(records, id, (left) => (left === undefined ? true : undefined));
}

/** What a node answers to a record that asks, as a change of the record; undefined when it does not ask. */
export async function answerUse(
  record: LogicalVolume,
  usedAt: () => Promise<string | undefined>,
): Promise<object | undefined> {
  const asked = record.metadata?.annotations?.[USE_ASKED];
  if (asked === undefined || answerTo(asked, record) !== undefined) return undefined;
  return { metadata: { annotations: { [USE_ANSWERED]: `${asked} ${(await usedAt()) ?? ""}`.trim() } } };
}

async function refuseWhenUsed(records: VolumeRecords, id: string): Promise<void> {
  const asked = randomUUID();
  await records.resource.merge(id, { metadata: { annotations: { [USE_ASKED]: asked } } });
  const used = await awaitRecord(records, id, (record) =>
    record === undefined || isGoing(record) ? "" : answerTo(asked, record),
  );
  if (used !== "") throw new CsiError("FAILED_PRECONDITION", `${id}: still mounted on ${used}`);
}

function answerTo(asked: string, record: LogicalVolume): string | undefined {
  const [word, ...used] = (record.metadata?.annotations?.[USE_ANSWERED] ?? "").split(" ");
  return word === asked ? used.join(" ") : undefined;
}

function isGoing({ metadata }: LogicalVolume): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
