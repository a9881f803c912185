// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, PlacedVolume, Site } from "../back-end/back-end.ts";
import { CsiError, required } from "../grpc/csi-error.ts";
import type { KeyedLocks } from "../support/keyed-locks.ts";
import { snapshotAnswer, volumeAnswer } from "./answers.ts";
import { createAttachments, refuseBlock } from "./attachments.ts";
import type { Attachments } from "./attachments.ts";
import { conditionOf, healthOf, troubleOf } from "./condition.ts";
import { createSnapshot } from "./create-snapshot.ts";
import { createVolume } from "./create-volume.ts";
import { expandVolume } from "./expand-volume.ts";
import type { ExpandAnswer } from "./expand-volume.ts";
import type {
  ControllerExpandVolumeRequest,
  ControllerModifyVolumeRequest,
  CreateSnapshotRequest,
  CreateVolumeRequest,
  DeleteSnapshotRequest,
  GetCapacityRequest,
  ListRequest,
  ListSnapshotsRequest,
  Segments,
  Snapshot,
  ValidateVolumeCapabilitiesRequest,
  Volume,
  VolumeHealth,
  VolumeIdRequest,
  VolumeStatus,
} from "./messages.ts";
import { cutPage } from "./page.ts";
import { readMutable, readPoolClass } from "./parameters.ts";
import { choosePlace, matches } from "./placement.ts";
import type { Scope } from "./scope.ts";
import { objection } from "./volume-capability.ts";
import { volumeId } from "./volume-id.ts";
import { createZoneSpread } from "./zone-spread.ts";

const CAPABILITIES = [
  "CREATE_DELETE_VOLUME",
  "CREATE_DELETE_SNAPSHOT",
  "LIST_VOLUMES",
  "LIST_SNAPSHOTS",
  "GET_CAPACITY",
  "CLONE_VOLUME",
  "EXPAND_VOLUME",
  "GET_VOLUME",
  "VOLUME_CONDITION",
  "GET_SNAPSHOT",
  "MODIFY_VOLUME",
  "SINGLE_NODE_MULTI_WRITER",
  "GET_VOLUME_HEALTH",
  "LIST_VOLUME_HEALTH",
] as const;

/** Of volumes that are attached: what is live on a node is not changed from here. */
const SHARED_CAPABILITIES = [
  ...CAPABILITIES.filter((capability) => capability !== "MODIFY_VOLUME"),
  "PUBLISH_UNPUBLISH_VOLUME",
  "LIST_VOLUMES_PUBLISHED_NODES",
] as const;

/** What the Controller service is built from. */
export interface ControllerParts {
  readonly backEnd: BackEnd;
  readonly locks: KeyedLocks;
  /** Whether a pool belongs to a node, or to a zone whose nodes have its volumes attached. */
  readonly scope: Scope;
  /** How many volumes a node may have attached; none when it is left out or 0. */
  readonly maxVolumes?: number;
}

/** CSI Controller. Each method is one RPC; errors are CsiError with the code the specification gives. */
export interface ControllerService extends Partial<Attachments> {
  createVolume(request: CreateVolumeRequest): Promise<{ volume: Volume }>;
  deleteVolume(request: VolumeIdRequest): Promise<object>;
  validateVolumeCapabilities(request: ValidateVolumeCapabilitiesRequest): Promise<object>;
  listVolumes(request: ListRequest): Promise<{ entries: VolumeEntry[]; nextToken: string }>;
  controllerModifyVolume(request: ControllerModifyVolumeRequest): Promise<object>;
  controllerGetVolume(request: VolumeIdRequest): Promise<VolumeEntry>;
  controllerExpandVolume(request: ControllerExpandVolumeRequest): Promise<ExpandAnswer>;
  getCapacity(request: GetCapacityRequest): Promise<object>;
  controllerGetCapabilities(): Promise<object>;
  createSnapshot(request: CreateSnapshotRequest): Promise<{ snapshot: Snapshot }>;
  deleteSnapshot(request: DeleteSnapshotRequest): Promise<object>;
  listSnapshots(
    request: ListSnapshotsRequest,
  ): Promise<{ entries: { snapshot: Snapshot }[]; nextToken: string }>;
  getSnapshot(request: DeleteSnapshotRequest): Promise<{ snapshot: Snapshot }>;
  controllerGetVolumeHealth(request: VolumeIdRequest): Promise<{ volumeHealth: VolumeHealth }>;
  controllerListVolumeHealth(
    request: ListRequest,
  ): Promise<{ entries: readonly VolumeHealth[]; nextToken: string }>;
}

/** A volume with its state, as ListVolumes and ControllerGetVolume answer it. */
interface VolumeEntry {
  readonly volume: Volume;
  readonly status: VolumeStatus;
}

/** Builds the Controller service on any back end. */
export function createController({
  backEnd,
  locks,
  scope,
  maxVolumes = 0,
}: ControllerParts): ControllerService {
  const placer = scope === "zone" ? createZoneSpread() : choosePlace;
  return {
    createVolume: (request) =>
      locks.run([volumeId("volume", request.name)], async () => {
        if (scope === "zone") refuseBlock(request.volumeCapabilities);
        const { volume, sites } = await createVolume(backEnd, request, placer);
        const segments = segmentsOf(sites ?? (await backEnd.sites()), volume.node);
        // Answered without a topology, the volume would be taken for one that every node can reach.
        if (segments === undefined)
          throw new CsiError("UNAVAILABLE", `node ${volume.node} does not report its topology yet`);
        return { volume: volumeAnswer(volume, segments) };
      }),
    deleteVolume: ({ volumeId: id }) => remove(required(id, "volume_id"), "volume"),
    validateVolumeCapabilities: (request) => validate(backEnd, request),
    listVolumes: async ({ maxEntries, startingToken }) => {
      const [all, sites] = await Promise.all([backEnd.list(), backEnd.sites()]);
      const page = cutPage(all.filter(isVolume), idOf, maxEntries, startingToken);
      const entries = page.items.map((volume) => entryOf(volume, sites));
      return { entries, nextToken: page.nextToken };
    },
    controllerModifyVolume: (request) => modify(request),
    controllerGetVolume: async ({ volumeId: id }) => {
      const [volume, sites] = await Promise.all([backEnd.find(required(id, "volume_id")), backEnd.sites()]);
      if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
      return entryOf(volume, sites);
    },
    controllerExpandVolume: (request) =>
      locks.run([required(request.volumeId, "volume_id")], () => expandVolume(backEnd, request)),
    getCapacity: (request) => measure(backEnd, request),
    controllerGetCapabilities: () =>
      Promise.resolve({
        capabilities: (scope === "zone" ? SHARED_CAPABILITIES : CAPABILITIES).map((type) => ({
          rpc: { type },
        })),
      }),
    ...(scope === "zone" ? createAttachments(backEnd, locks, maxVolumes) : {}),
    createSnapshot: (request) =>
      locks.run([volumeId("snapshot", request.name)], async () => ({
        snapshot: snapshotAnswer(await createSnapshot(backEnd, request)),
      })),
    deleteSnapshot: ({ snapshotId: id }) => remove(required(id, "snapshot_id"), "snapshot"),
    listSnapshots: async (request) => {
      const wanted = (await backEnd.list()).filter((item) => isAsked(item, request));
      const page = cutPage(wanted, idOf, request.maxEntries, request.startingToken);
      return {
        entries: page.items.map((item) => ({ snapshot: snapshotAnswer(item) })),
        nextToken: page.nextToken,
      };
    },
    getSnapshot: async ({ snapshotId: id }) => {
      const snapshot = await backEnd.find(required(id, "snapshot_id"));
      if (snapshot?.kind !== "snapshot") throw new CsiError("NOT_FOUND", `snapshot ${id} does not exist`);
      return { snapshot: snapshotAnswer(snapshot) };
    },
    controllerGetVolumeHealth: async ({ volumeId: id }) => {
      const [volume, sites] = await Promise.all([backEnd.find(required(id, "volume_id")), backEnd.sites()]);
      if (volume?.kind !== "volume") throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
      return { volumeHealth: healthOf(id, [troubleOf(volume, sites, new Date())]) };
    },
    controllerListVolumeHealth: async ({ maxEntries, startingToken }) => {
      const [all, sites] = await Promise.all([backEnd.list(), backEnd.sites()]);
      const ill = all
        .filter(isVolume)
        .map((volume) => healthOf(volume.id, [troubleOf(volume, sites, new Date())]))
        .filter(({ healthStatuses }) => healthStatuses.length > 0);
      const page = cutPage(ill, ({ volumeId: id }) => id, maxEntries, startingToken);
      return { entries: page.items, nextToken: page.nextToken };
    },
  };

  async function modify(request: ControllerModifyVolumeRequest): Promise<object> {
    const id = required(request.volumeId, "volume_id");
    const readAheadKib = readMutable(request.mutableParameters);
    return locks.run([id], async () => {
      if ((await backEnd.find(id))?.kind !== "volume")
        throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
      // A parameter that is not named stays as it is.
      if (readAheadKib !== undefined) await backEnd.setReadAhead(id, readAheadKib);
      return {};
    });
  }

  function remove(id: string, kind: "volume" | "snapshot"): Promise<object> {
    return locks.run([id], async () => {
      const found = await backEnd.find(id);
      if (kind === "snapshot" && found?.group !== undefined)
        throw new CsiError("INVALID_ARGUMENT", `snapshot ${id} is part of group snapshot ${found.group.id}`);
      if (kind === "volume" && found?.kind === kind && found.attachedTo !== undefined)
        throw new CsiError("FAILED_PRECONDITION", `volume ${id} is attached to node ${found.attachedTo}`);
      // An id of the other kind does not exist here. An incomplete one is removed too.
      if (found === undefined || found.kind === kind) await backEnd.delete(id);
      return {};
    });
  }
}

const idOf = (volume: PlacedVolume): string => volume.id;
const isVolume = (volume: PlacedVolume): boolean => volume.kind === "volume";

function isAsked(item: PlacedVolume, { snapshotId, sourceVolumeId }: ListSnapshotsRequest): boolean {
  if (item.kind !== "snapshot") return false;
  if (snapshotId !== "" && item.id !== snapshotId) return false;
  return sourceVolumeId === "" || item.source?.id === sourceVolumeId;
}

function entryOf(volume: PlacedVolume, sites: readonly Site[]): VolumeEntry {
  return {
    volume: volumeAnswer(volume, segmentsOf(sites, volume.node)),
    status: {
      publishedNodeIds: volume.attachedTo === undefined ? [] : [volume.attachedTo],
      volumeCondition: conditionOf(volume, sites, new Date()),
    },
  };
}

function segmentsOf(sites: readonly Site[], node: string): Segments | undefined {
  return sites.find((site) => site.node === node)?.segments;
}

async function validate(backEnd: BackEnd, request: ValidateVolumeCapabilitiesRequest): Promise<object> {
  const id = required(request.volumeId, "volume_id");
  const { volumeCapabilities, volumeContext, parameters, mutableParameters } = request;
  if (volumeCapabilities.length === 0)
    throw new CsiError("INVALID_ARGUMENT", "volume_capabilities is missing");
  if ((await backEnd.find(id))?.kind !== "volume")
    throw new CsiError("NOT_FOUND", `volume ${id} does not exist`);
  const reason = volumeCapabilities.map(objection).find((text) => text !== undefined);
  return reason === undefined
    ? { confirmed: { volumeCapabilities, volumeContext, parameters, mutableParameters } }
    : { message: reason };
}

async function measure(backEnd: BackEnd, request: GetCapacityRequest): Promise<object> {
  const poolClass = readPoolClass(request.parameters);
  const asked = request.accessibleTopology?.segments ?? {};
  const possible = request.volumeCapabilities.every((capability) => objection(capability) === undefined);
  const sites = (await backEnd.sites("seen")).filter(
    (site) => possible && site.poolClass === poolClass && matches(site.segments, asked),
  );
  const availableCapacity = sites.reduce((sum, site) => sum + site.availableBytes, 0);
  const largest = Math.max(0, ...sites.map((site) => site.largestVolumeBytes));
  return { availableCapacity, maximumVolumeSize: { value: largest } };
}
