// SPDX-License-Identifier: Apache-2.0
import { answerUse } from "../cluster/remove-record.ts";
import { FINALIZER } from "../cluster/resources.ts";
import type { LogicalVolume, LogicalVolumeStatus } from "../cluster/resources.ts";
import type { VolumeRecords } from "../cluster/volume-records.ts";
import { codeOf } from "../grpc/csi-error.ts";
import { log, messageOf } from "../support/log.ts";
import type { VolumeStore } from "../store/volume-store.ts";
import { cutWithGroup } from "./cut-with-group.ts";
import { specOf, statusOf } from "./cut-status.ts";

/** What a reconciler is built from. */
export interface ReconcilerParts {
  readonly node: string;
  readonly store: VolumeStore;
  readonly records: VolumeRecords;
  /** Publishes the pools' figures; done before a record says Ready, so that no space is counted free twice. */
  readonly report: () => Promise<void>;
}

/** Brings this node to what the records say. */
export interface Reconciler {
  /** Works on one record of this node; throws when it must be tried again. */
  reconcile(record: LogicalVolume): Promise<void>;
  /** Told of every record of the driver that is gone, of whichever node. */
  forget(id: string): Promise<void>;
}

export function createReconciler(parts: ReconcilerParts): Reconciler {
  const { store, records, report } = parts;
  return {
    reconcile: async (record) => {
      const id = record.metadata?.name ?? "";
      if (record.metadata?.deletionTimestamp !== undefined) return removeVolume(record, id);
      if (record.status?.phase === "Ready") {
        await tellUse(record, id);
        await modifyVolume(record, id);
        await attachVolume(record, id);
        return expandVolume(record, id);
      }
      if (record.status?.phase === "Failed") return;
      const status = await (record.spec.group === undefined
        ? cut(store, record)
        : cutWithGroup(store, records, id));
      if (status === undefined) return;
      await report();
      await records.setStatus(id, status);
      log({ event: "volume cut", id, ...status });
    },
    forget: () => Promise.resolve(),
  };

  async function expandVolume({ spec, status, metadata }: LogicalVolume, id: string): Promise<void> {
    const { generation = 0 } = metadata ?? {};
    // Each request is a generation of its own; one that failed is not tried again before it is made again.
    if (spec.bytes <= (status?.bytes ?? spec.bytes) || generation <= (status?.observedGeneration ?? 0))
      return;
    const outcome = await expanded(store, id, spec.bytes);
    await report();
    await records.resource.mergeStatus(id, { ...outcome, observedGeneration: generation });
    log({ event: "volume expanded", id, asked: spec.bytes, ...outcome });
  }

  async function tellUse(record: LogicalVolume, id: string): Promise<void> {
    const answer = await answerUse(record, () => store.usedAt(id));
    if (answer !== undefined) await records.resource.merge(id, answer);
  }

  async function modifyVolume({ spec, status }: LogicalVolume, id: string): Promise<void> {
    const { readAheadKib } = spec;
    if (readAheadKib === undefined || readAheadKib === status?.readAheadKib) return;
    await store.setReadAhead(id, readAheadKib);
    await records.resource.mergeStatus(id, { readAheadKib });
    log({ event: "volume modified", id, readAheadKib });
  }

  async function attachVolume({ spec, status }: LogicalVolume, id: string): Promise<void> {
    const { attachedTo } = spec;
    if (attachedTo === status?.attachedTo) return;
    await store.attachTo(id, attachedTo);
    await records.resource.mergeStatus(id, { attachedTo: attachedTo ?? null });
    log({ event: "volume attached", id, node: attachedTo ?? "none" });
  }

  async function removeVolume(record: LogicalVolume, id: string): Promise<void> {
    const finalizers = record.metadata?.finalizers ?? [];
    if (!finalizers.includes(FINALIZER)) return;
    await store.delete(id);
    await report();
    const resourceVersion = record.metadata?.resourceVersion;
    const left = finalizers.filter((finalizer) => finalizer !== FINALIZER);
    await records.resource.merge(id, { metadata: { finalizers: left, resourceVersion } });
    log({ event: "volume removed", id });
  }
}

async function cut(store: VolumeStore, record: LogicalVolume): Promise<LogicalVolumeStatus> {
  return statusOf(() => store.create(specOf(record)));
}

async function expanded(store: VolumeStore, id: string, bytes: number): Promise<LogicalVolumeStatus> {
  try {
    return { bytes: (await store.expand(id, bytes)).bytes, code: null, message: null };
  } catch (error) {
    return { code: codeOf(error), message: messageOf(error) };
  }
}
