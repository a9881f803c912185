// SPDX-License-Identifier: Apache-2.0
import type { KubeConfig } from "@kubernetes/client-node";
import { SILENCE_MS } from "../back-end/back-end.ts";
import type { BackEnd, PlacedVolume, Site } from "../back-end/back-end.ts";
import { codeNamed, CsiError } from "../grpc/csi-error.ts";
import { awaitRecord } from "./await-record.ts";
import type { CustomResource } from "./custom-resource.ts";
import { changeAttachment } from "./change-attachment.ts";
import { changeReadAhead } from "./change-read-ahead.ts";
import { readDriverNodes } from "./driver-nodes.ts";
import { cutTogether, removeGroup } from "./cut-together.ts";
import { expandRecord } from "./expand-record.ts";
import { placed, recordFor, settled } from "./logical-volume.ts";
import type { Settled } from "./logical-volume.ts";
import { DRIVER_LABEL, figuresOf } from "./resources.ts";
import { removeRecord } from "./remove-record.ts";
import type { LogicalVolume, NodeLocalStorage } from "./resources.ts";
import type { VolumeRecords } from "./volume-records.ts";

/** What the cluster's back end is built from. */
export interface ClusterBackEndParts {
  readonly driverName: string;
  readonly config: KubeConfig;
  readonly records: VolumeRecords;
  readonly storages: CustomResource<NodeLocalStorage>;
  /** The driver's NodeLocalStorage objects as a watch last saw them. */
  readonly seenStorages: () => readonly NodeLocalStorage[];
}

/** Volumes on all nodes: a record per volume is written, the agent of its node does the work, its status is the answer. */
export function createClusterBackEnd(parts: ClusterBackEndParts): BackEnd {
  const { driverName, config, records, storages, seenStorages } = parts;
  return {
    sites: async (how) => {
      const [items, all] =
        how === "seen"
          ? [seenStorages(), records.allSeen()]
          : await Promise.all([listStorages(), records.list()]);
      return items.flatMap((storage) => siteOf(storage, all, new Date()) ?? []);
    },
    create: async (node, spec) => {
      await records.resource.create(recordFor(spec, node, driverName));
      return finish(records, await awaitRecord(records, spec.id, settled));
    },
    expand: async (id, bytes) => {
      const volume = placed(await expandRecord(records, id, bytes));
      if (volume === undefined) throw new CsiError("ABORTED", `${id}: is being deleted`);
      return volume;
    },
    createGroup: (members) => cutTogether(records, driverName, members),
    deleteGroup: (groupId) => removeGroup(records, groupId),
    nodes: () => readDriverNodes(config, driverName),
    attach: (id, node) => changeAttachment(records, id, node),
    setReadAhead: (id, kib) => changeReadAhead(records, id, kib),
    delete: (id) => removeRecord(records, id),
    find: async (id) => {
      const record = await records.resource.get(id);
      return record?.spec.driverName === driverName ? judged(placed(record)) : undefined;
    },
    list: async () => (await records.list()).flatMap((record) => judged(placed(record)) ?? []),
  };

  /** A volume with the fault its node last reported of it. */
  function judged(volume: PlacedVolume | undefined): PlacedVolume | undefined {
    const reported = seenStorages().flatMap((storage) => figuresOf(storage)?.logicalVolumes ?? []);
    return volume && { ...volume, fault: reported.find(({ name }) => name === volume.id)?.fault };
  }

  async function listStorages(): Promise<NodeLocalStorage[]> {
    return (await storages.list(`${DRIVER_LABEL}=${driverName}`)).items;
  }
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
