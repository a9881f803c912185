// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume } from "../back-end/back-end.ts";
import { CsiError, required } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import type { VolumeSpec } from "../store/volume-spec.ts";
import { snapshotAnswer, timestamp } from "./answers.ts";
import type {
  CreateVolumeGroupSnapshotRequest,
  GroupSnapshotRequest,
  Snapshot,
  Timestamp,
} from "./messages.ts";
import { requireNoParameters } from "./parameters.ts";
import { groupId, memberId } from "./volume-id.ts";

/** What the GroupController service is built from. */
export interface GroupControllerParts {
  readonly backEnd: BackEnd;
  readonly locks: KeyedLocks;
}

/** A group of snapshots as CSI answers it. */
interface VolumeGroupSnapshot {
  readonly groupSnapshotId: string;
  readonly snapshots: readonly Snapshot[];
  readonly creationTime: Timestamp;
  readonly readyToUse: boolean;
}

/** CSI GroupController. Each method is one RPC. */
export interface GroupControllerService {
  groupControllerGetCapabilities(): Promise<object>;
  createVolumeGroupSnapshot(
    request: CreateVolumeGroupSnapshotRequest,
  ): Promise<{ groupSnapshot: VolumeGroupSnapshot }>;
  deleteVolumeGroupSnapshot(request: GroupSnapshotRequest): Promise<object>;
  getVolumeGroupSnapshot(request: GroupSnapshotRequest): Promise<{ groupSnapshot: VolumeGroupSnapshot }>;
}

/** Builds the GroupController service on any back end. */
export function createGroupController({ backEnd, locks }: GroupControllerParts): GroupControllerService {
  return {
    groupControllerGetCapabilities: () =>
      Promise.resolve({ capabilities: [{ rpc: { type: "CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT" } }] }),
    createVolumeGroupSnapshot: async (request) => {
      const name = required(request.name, "name");
      requireNoParameters(request.parameters);
      const sources = [...new Set(request.sourceVolumeIds)].sort();
      if (sources.length === 0) throw new CsiError("INVALID_ARGUMENT", "source_volume_ids is missing");
      const id = groupId(name);
      // Two groups that share a source would each hold what the other waits for.
      const names = [id, ...sources.map((source) => `group snapshot of ${source}`)];
      return locks.run(names, async () => ({
        groupSnapshot: groupAnswer(id, await findOrCut(backEnd, { id, name, sources })),
      }));
    },
    deleteVolumeGroupSnapshot: async (request) => {
      const id = required(request.groupSnapshotId, "group_snapshot_id");
      return locks.run([id], async () => {
        for (const snapshotId of request.snapshotIds) {
          const found = await backEnd.find(snapshotId);
          if (found !== undefined && found.group?.id !== id) throw mismatch(id, snapshotId);
        }
        await backEnd.deleteGroup(id);
        return {};
      });
    },
    getVolumeGroupSnapshot: async (request) => {
      const id = required(request.groupSnapshotId, "group_snapshot_id");
      const members = await membersOf(backEnd, id);
      if (!isComplete(members)) throw new CsiError("NOT_FOUND", `group snapshot ${id} does not exist`);
      const stray = request.snapshotIds.find((given) => !members.some((member) => member.id === given));
      if (stray !== undefined) throw mismatch(id, stray);
      return { groupSnapshot: groupAnswer(id, members) };
    },
  };
}

interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly sources: readonly string[];
}

async function findOrCut(backEnd: BackEnd, wanted: Wanted): Promise<PlacedVolume[]> {
  const { id, name, sources } = wanted;
  const existing = await membersOf(backEnd, id);
  if (isComplete(existing)) {
    const cut = existing.map((member) => member.source?.id ?? "").sort();
    if (cut.join() === sources.join()) return existing;
    throw new CsiError("ALREADY_EXISTS", `group snapshot ${id} exists with other sources, ${cut.join(", ")}`);
  }
  const group = { id, size: sources.length };
  const members = await Promise.all(
    sources.map(async (sourceId) => {
      const source = await backEnd.find(sourceId);
      if (source?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${sourceId} does not exist`);
      const spec: VolumeSpec = {
        id: memberId(id, sourceId),
        kind: "snapshot",
        poolClass: source.poolClass,
        bytes: source.bytes,
        csiName: `${name}/${sourceId}`,
        source: { kind: "volume", id: sourceId },
        group,
      };
      return { node: source.node, spec };
    }),
  );
  return backEnd.createGroup(members);
}

async function membersOf(backEnd: BackEnd, id: string): Promise<PlacedVolume[]> {
  return (await backEnd.list()).filter((volume) => volume.group?.id === id);
}

/** All members are there and were cut at one moment: those of two attempts are not. */
function isComplete(members: readonly PlacedVolume[]): boolean {
  const moments = new Set(members.map((member) => member.createdAt.getTime()));
  return members.length > 0 && members.length === members[0]?.group?.size && moments.size === 1;
}

function groupAnswer(id: string, members: readonly PlacedVolume[]): VolumeGroupSnapshot {
  return {
    groupSnapshotId: id,
    snapshots: members.map(snapshotAnswer),
    creationTime: timestamp(members[0]?.createdAt ?? new Date(0)),
    readyToUse: members.every(({ fault }) => fault === undefined),
  };
}

function mismatch(id: string, snapshotId: string): CsiError {
  return new CsiError("INVALID_ARGUMENT", `snapshot_ids: ${snapshotId} is not of group snapshot ${id}`);
}
