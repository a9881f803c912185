// SPDX-License-Identifier: Apache-2.0
import { codeNamed, CsiError } from "../grpc/csi-error.ts";
import { awaitRecord } from "./await-record.ts";
import type { LogicalVolume } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** Asks a volume's node for a larger size and waits for its answer; a size it cannot give is taken back. */
export async function expandRecord(
  records: VolumeRecords,
  id: string,
  bytes: number,
): Promise<LogicalVolume> {
  const before = await records.resource.get(id);
  if (before?.status?.bytes === undefined) throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
  const ask = (size: number) => records.resource.merge(id, { spec: { bytes: size } });
  // A failure nobody heard of: asked for the same once more, the object would not change and the node not try.
  if (before.status.code !== undefined && before.spec.bytes === bytes) await ask(before.status.bytes);
  const generation = (await ask(bytes))?.metadata?.generation;
  if (generation === undefined) throw gone(id);
  const answered = await awaitRecord(records, id, (record) => answerTo({ generation, bytes }, record));
  if (answered === "gone") throw gone(id);
  if (hasSize(answered, bytes)) return answered;
  await ask(before.status.bytes);
  throw refusal(answered);
}

function refusal({ status, metadata }: LogicalVolume): CsiError {
  const message = status?.message ?? `${metadata?.name ?? ""}: did not grow, and its node did not say why`;
  return new CsiError(codeNamed(status?.code), message);
}

/** The record once its volume has the size asked for, or its node has tried. */
function answerTo(
  asked: { readonly generation: number; readonly bytes: number },
  record: LogicalVolume | undefined,
): LogicalVolume | "gone" | undefined {
  if (record === undefined) return "gone";
  const tried = (record.status?.observedGeneration ?? 0) >= asked.generation;
  return tried || hasSize(record, asked.bytes) ? record : undefined;
}

function hasSize({ status }: LogicalVolume, bytes: number): boolean {
  return (status?.bytes ?? 0) >= bytes;
}

function gone(id: string): CsiError {
  return new CsiError("ABORTED", `${id}: was deleted while it was being expanded`);
}
