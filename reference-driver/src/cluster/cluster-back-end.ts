// SPDX-License-Identifier: Apache-2.0
import { SILENCE_MS } from "../back-end/back-end.ts";
import type { BackEnd, PlacedVolume, Site } from "../back-end/back-end.ts";
import { codeNamed, CsiError } from "../grpc/csi-error.ts";
import type { VolumeSpec } from "../store/volume-spec.ts";
import { awaitRecord } from "./await-record.ts";
import type { CustomResource } from "./custom-resource.ts";
import { expandRecord } from "./expand-record.ts";
import { DRIVER_LABEL, figuresOf, FINALIZER, GROUP, VERSION } from "./resources.ts";
import type { LogicalVolume, NodeLocalStorage } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** What the cluster's back end is built from. */
export interface ClusterBackEndParts {
  readonly driverName: string;
  readonly records: VolumeRecords;
  readonly storages: CustomResource<NodeLocalStorage>;
  /** The driver's NodeLocalStorage objects as a watch last saw them. */
  readonly seenStorages: () => readonly NodeLocalStorage[];
}

/** Volumes on all nodes: a record per volume is written, the agent of its node does the work, its status is the answer. */
export function createClusterBackEnd(parts: ClusterBackEndParts): BackEnd {
  const { driverName, records, storages, seenStorages } = parts;
  const label = { [DRIVER_LABEL]: driverName };
  return {
    sites: async (how) => {
      const [items, all] =
        how === "seen"
          ? [seenStorages(), records.allSeen()]
          : await Promise.all([listStorages(), records.list()]);
      return items.flatMap((storage) => siteOf(storage, all, new Date()) ?? []);
    },
    create: async (node, spec) => {
      await records.resource.create(recordFor(spec, node, driverName, label));
      return finish(records, await awaitRecord(records, spec.id, settled));
    },
    expand: async (id, bytes) => {
      const volume = placed(await expandRecord(records, id, bytes));
      if (volume === undefined) throw new CsiError("ABORTED", `${id}: is being deleted`);
      return volume;
    },
    delete: async (id) => {
      if (await records.resource.delete(id))
        await awaitRecord(records, id, (record) => (record === undefined ? true : undefined));
    },
    find: async (id) => {
      const record = await records.resource.get(id);
      return record?.spec.driverName === driverName ? placed(record) : undefined;
    },
    list: async () => (await records.list()).flatMap((record) => placed(record) ?? []),
  };

  async function listStorages(): Promise<NodeLocalStorage[]> {
    return (await storages.list(`${DRIVER_LABEL}=${driverName}`)).items;
  }
}

function recordFor(
  spec: VolumeSpec,
  node: string,
  driverName: string,
  labels: Record<string, string>,
): LogicalVolume {
  const { id, kind, poolClass, bytes, csiName, source } = spec;
  return {
    apiVersion: `${GROUP}/${VERSION}`,
    kind: "LogicalVolume",
    metadata: { name: id, labels, finalizers: [FINALIZER] },
    spec: { driverName, node, poolClass, kind, bytes, csiName, ...(source === undefined ? {} : { source }) },
  };
}

type Settled = LogicalVolume | "gone";

function settled(record: LogicalVolume | undefined): Settled | undefined {
  if (record === undefined) return "gone";
  const phase = record.status?.phase;
  return phase === "Ready" || phase === "Failed" ? record : undefined;
}

async function finish(records: VolumeRecords, record: Settled): Promise<PlacedVolume> {
  if (record === "gone") throw new CsiError("ABORTED", "the volume was deleted while it was being made");
  const volume = placed(record);
  if (volume !== undefined) return volume;
  const name = record.metadata?.name ?? "";
  // The next call must find nothing, or it would be answered with this failure for ever.
  await records.resource.delete(name);
  throw new CsiError(
    codeNamed(record.status?.code),
    record.status?.message ?? `${name}: failed without a message`,
  );
}

/** A complete volume; undefined while it is being made, has failed, or goes away. */
function placed(record: LogicalVolume): PlacedVolume | undefined {
  const { status, spec, metadata } = record;
  if (status?.phase !== "Ready" || metadata?.deletionTimestamp !== undefined) return undefined;
  const { kind, poolClass, csiName, node, source, bytes } = spec;
  const createdAt = new Date(status.createdAt ?? 0);
  return {
    id: metadata?.name ?? "",
    kind,
    poolClass,
    csiName,
    node,
    source,
    bytes: status.bytes ?? bytes,
    createdAt,
  };
}

function siteOf(storage: NodeLocalStorage, records: readonly LogicalVolume[], now: Date): Site | undefined {
  const status = figuresOf(storage);
  if (status === undefined) return undefined;
  const { node, poolClass } = storage.spec;
  const silent = now.getTime() - Date.parse(status.heartbeat) > SILENCE_MS;
  const pending = records
    .filter((record) => record.spec.node === node && record.spec.poolClass === poolClass)
    .reduce((sum, record) => sum + pendingBytes(record, status.heartbeat), 0);
  const availableBytes = silent ? 0 : Math.max(0, status.available - pending);
  return {
    node,
    poolClass,
    segments: status.topology,
    availableBytes,
    largestVolumeBytes: Math.min(status.largestVolume, availableBytes),
    holds: new Set(status.logicalVolumes.map((volume) => volume.name)),
    reportedAt: new Date(status.heartbeat),
  };
}

/** What is asked for but not cut yet, or was cut after the figures were taken: they do not hold it. */
function pendingBytes({ spec, status }: LogicalVolume, heartbeat: string): number {
  if (status?.phase === undefined) return spec.bytes;
  if (status.phase !== "Ready") return 0;
  if (Date.parse(status.createdAt ?? "") > Date.parse(heartbeat)) return spec.bytes;
  return Math.max(0, spec.bytes - (status.bytes ?? spec.bytes));
}
