// SPDX-License-Identifier: Apache-2.0

/** Shapes of the CSI v1.12 and v1.13 messages as proto-loader gives them (lower-camel names, enums as text, 64-bit as number). */

export interface CapacityRange {
  readonly requiredBytes: number;
  readonly limitBytes: number;
}

export interface VolumeCapability {
  readonly block?: object | null;
  readonly mount?: { readonly fsType: string; readonly mountFlags: readonly string[] } | null;
  readonly accessMode: { readonly mode: string } | null;
}

export type Segments = Readonly<Record<string, string>>;

export interface Topology {
  readonly segments: Segments;
}

export interface TopologyRequirement {
  readonly requisite: readonly Topology[];
  readonly preferred: readonly Topology[];
}

export interface VolumeContentSource {
  readonly snapshot?: { readonly snapshotId: string } | null;
  readonly volume?: { readonly volumeId: string } | null;
}

export interface Volume {
  readonly capacityBytes: number;
  readonly volumeId: string;
  readonly volumeContext?: Readonly<Record<string, string>>;
  readonly contentSource?: VolumeContentSource;
  readonly accessibleTopology?: readonly Topology[];
}

/** What CSI calls VolumeCondition. */
export interface Condition {
  readonly abnormal: boolean;
  readonly message: string;
}

/** What is wrong with a volume (CSI: VolumeHealthEntry). */
export interface Trouble {
  readonly status: "DEGRADED" | "INACCESSIBLE" | "DATA_LOSS";
  /** In CamelCase, for programs. */
  readonly reason: string;
  readonly message: string;
}

/** What CSI calls VolumeHealth; no entry means that nothing is known to be wrong. */
export interface VolumeHealth {
  readonly volumeId: string;
  readonly healthStatuses: readonly Trouble[];
}

/** Where a volume is attached and how it is, as ListVolumes and ControllerGetVolume answer it. */
export interface VolumeStatus {
  readonly publishedNodeIds: readonly string[];
  readonly volumeCondition: Condition;
}

export interface Snapshot {
  readonly sizeBytes: number;
  readonly snapshotId: string;
  readonly sourceVolumeId: string;
  readonly creationTime: Timestamp;
  readonly readyToUse: boolean;
  readonly groupSnapshotId: string;
}

export interface Timestamp {
  readonly seconds: number;
  readonly nanos: number;
}

export type StringMap = Readonly<Record<string, string>>;

export interface CreateVolumeRequest {
  readonly name: string;
  readonly capacityRange: CapacityRange | null;
  readonly volumeCapabilities: readonly VolumeCapability[];
  readonly parameters: StringMap;
  readonly volumeContentSource: VolumeContentSource | null;
  readonly accessibilityRequirements: TopologyRequirement | null;
  readonly mutableParameters: StringMap;
}

export interface ControllerModifyVolumeRequest extends VolumeIdRequest {
  readonly mutableParameters: StringMap;
}

export interface VolumeIdRequest {
  readonly volumeId: string;
}

export interface ValidateVolumeCapabilitiesRequest extends VolumeIdRequest {
  readonly volumeContext: StringMap;
  readonly volumeCapabilities: readonly VolumeCapability[];
  readonly parameters: StringMap;
  readonly mutableParameters: StringMap;
}

export interface ControllerPublishVolumeRequest extends VolumeIdRequest {
  readonly nodeId: string;
  readonly volumeCapability: VolumeCapability | null;
}

export interface ControllerUnpublishVolumeRequest extends VolumeIdRequest {
  readonly nodeId: string;
}

export interface ListRequest {
  readonly maxEntries: number;
  readonly startingToken: string;
}

export interface ListSnapshotsRequest extends ListRequest {
  readonly sourceVolumeId: string;
  readonly snapshotId: string;
}

export interface GetCapacityRequest {
  readonly volumeCapabilities: readonly VolumeCapability[];
  readonly parameters: StringMap;
  readonly accessibleTopology: Topology | null;
}

export interface CreateSnapshotRequest {
  readonly sourceVolumeId: string;
  readonly name: string;
  readonly parameters: StringMap;
}

export interface DeleteSnapshotRequest {
  readonly snapshotId: string;
}

export interface NodeStageVolumeRequest extends VolumeIdRequest {
  readonly stagingTargetPath: string;
  readonly volumeCapability: VolumeCapability | null;
  readonly volumeContext: StringMap;
}

export interface NodeUnstageVolumeRequest extends VolumeIdRequest {
  readonly stagingTargetPath: string;
}

export interface NodePublishVolumeRequest extends NodeStageVolumeRequest {
  readonly targetPath: string;
  readonly readonly: boolean;
}

export interface NodeUnpublishVolumeRequest extends VolumeIdRequest {
  readonly targetPath: string;
}

export interface ControllerExpandVolumeRequest extends VolumeIdRequest {
  readonly capacityRange: CapacityRange | null;
  readonly volumeCapability: VolumeCapability | null;
}

export interface NodeExpandVolumeRequest extends VolumeIdRequest {
  readonly volumePath: string;
  readonly capacityRange: CapacityRange | null;
}

export interface NodeGetVolumeStatsRequest extends VolumeIdRequest {
  readonly volumePath: string;
}

export interface CreateVolumeGroupSnapshotRequest {
  readonly name: string;
  readonly sourceVolumeIds: readonly string[];
  readonly parameters: StringMap;
}

/** What names a group snapshot for its removal or to get it. */
export interface GroupSnapshotRequest {
  readonly groupSnapshotId: string;
  readonly snapshotIds: readonly string[];
}
