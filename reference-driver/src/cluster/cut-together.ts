// SPDX-License-Identifier: Apache-2.0
import { CsiError, codeNamed } from "../grpc/csi-error.ts";
import type { GroupMember, PlacedVolume } from "../back-end/back-end.ts";
import { awaitRecord } from "./await-record.ts";
import { placed, recordFor, settled } from "./logical-volume.ts";
import type { LogicalVolume } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Less than the agents hold their sources, so that an order given is one they can still follow. */
const LONGEST_UNTIL_HELD_MS = 12_000;

/**
 * Cuts snapshots of several volumes at one moment, through their records: each agent holds its source and says Frozen;
 * when all do, the order to cut is written. An agent whose hold ended before the order answers Failed, so a group of
 * which all are Ready was held as a whole at the moment of the order. A call repeated after the order waits on.
 */
export async function cutTogether(
  records: VolumeRecords,
  driverName: string,
  members: readonly GroupMember[],
): Promise<PlacedVolume[]> {
  const ids = members.map((member) => member.spec.id);
  const groupId = members[0]?.spec.group?.id ?? "";
  const present = (await records.list()).filter((record) => record.spec.group?.id === groupId);
  if (!isOrdered(present, ids)) {
    await removeRecords(records, present);
    for (const { spec, node } of members) await records.resource.create(recordFor(spec, node, driverName));
    await orderCut(records, ids);
  }
  const answers = await Promise.all(ids.map((id) => awaitRecord(records, id, settled)));
  const volumes = answers.flatMap((record) => (record === "gone" ? [] : (placed(record) ?? [])));
  if (volumes.length === ids.length) return volumes;
  await removeRecords(records, await groupRecords(records, groupId));
  throw reasonOf(answers);
}

/** Removes every record of a group, whatever state it is in, and waits until their nodes have removed the bytes. */
export async function removeGroup(records: VolumeRecords, groupId: string): Promise<void> {
  await removeRecords(records, await groupRecords(records, groupId));
}

async function groupRecords(records: VolumeRecords, groupId: string): Promise<LogicalVolume[]> {
  return (await records.list()).filter((record) => record.spec.group?.id === groupId);
}

/** All members were told to cut by a controller that did not live to see the end, and none has failed. */
function isOrdered(present: readonly LogicalVolume[], ids: readonly string[]): boolean {
  const orders = new Set(present.map((record) => record.spec.cutAt));
  return (
    present.length === ids.length &&
    orders.size === 1 &&
    present.every(
      ({ spec, status, metadata }) =>
        spec.cutAt !== undefined &&
        status?.phase !== "Failed" &&
        metadata?.deletionTimestamp === undefined &&
        ids.includes(metadata?.name ?? ""),
    )
  );
}

async function orderCut(records: VolumeRecords, ids: readonly string[]): Promise<void> {
  const held = (record: LogicalVolume | undefined): boolean | undefined => {
    const phase = record?.status?.phase;
    if (record === undefined || phase === "Failed") return false;
    return phase === "Frozen" ? true : undefined;
  };
  const answers = await Promise.all(
    ids.map((id) => awaitRecord(records, id, held, LONGEST_UNTIL_HELD_MS)),
  ).catch(async (error: unknown) => {
    for (const id of ids) await records.resource.delete(id);
    throw error;
  });
  if (answers.includes(false)) return;
  const cutAt = new Date().toISOString();
  await Promise.all(ids.map((id) => records.resource.merge(id, { spec: { cutAt } })));
}

async function removeRecords(records: VolumeRecords, present: readonly LogicalVolume[]): Promise<void> {
  const gone = (record: LogicalVolume | undefined) => (record === undefined ? true : undefined);
  await Promise.all(
    present.map(async ({ metadata }) => {
      const id = metadata?.name ?? "";
      if (await records.resource.delete(id)) await awaitRecord(records, id, gone);
    }),
  );
}

function reasonOf(answers: readonly (LogicalVolume | "gone")[]): CsiError {
  const failed = answers
    .filter((record) => record !== "gone")
    .filter(({ status }) => status?.phase === "Failed");
  // Those that gave up because another did say ABORTED: the one that says something else is the cause.
  const cause = failed.find(({ status }) => status?.code !== "ABORTED") ?? failed[0];
  if (cause === undefined) return new CsiError("ABORTED", "members were deleted while they were being cut");
  const { code, message } = cause.status ?? {};
  return new CsiError(
    codeNamed(code),
    `${cause.metadata?.name ?? ""}: ${message ?? "failed without a message"}`,
  );
}
