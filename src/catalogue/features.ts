// SPDX-License-Identifier: Apache-2.0

/** Where a driver says over gRPC that it can do something (CSI spec 1.12, Get*Capabilities). */
export interface Announcement {
  readonly service: "identity" | "controller" | "node";
  /** The enum name of the CSI specification. */
  readonly capability: string;
}

/** One thing a driver can promise. */
export interface FeatureDefinition {
  readonly name: string;
  /** What a driver that claims it promises, one sentence. */
  readonly description: string;
  /** Null when CSI has no capability for it: then only executed cases can speak. */
  readonly announcedAs: Announcement | null;
}

/** The closed vocabulary of driver features: positive kebab-case nouns. */
export const features = [
  {
    name: "dynamic-provisioning",
    description: "A claim of a StorageClass gets a new volume of its own.",
    announcedAs: { service: "controller", capability: "CREATE_DELETE_VOLUME" },
  },
  {
    name: "delayed-binding",
    description: "With WaitForFirstConsumer a volume is provisioned for the node its first pod was given.",
    announcedAs: null,
  },
  {
    name: "immediate-binding",
    description: "With Immediate binding a volume is provisioned before any pod exists.",
    announcedAs: null,
  },
  {
    name: "topology",
    description: "Volumes are not reachable from every node, and the driver says from which they are.",
    announcedAs: { service: "identity", capability: "VOLUME_ACCESSIBILITY_CONSTRAINTS" },
  },
  {
    name: "attachment",
    description: "A volume is attached to one node at a time before it is used there.",
    announcedAs: { service: "controller", capability: "PUBLISH_UNPUBLISH_VOLUME" },
  },
  {
    name: "snapshot",
    description: "A VolumeSnapshot of a claim keeps the moment it was taken.",
    announcedAs: { service: "controller", capability: "CREATE_DELETE_SNAPSHOT" },
  },
  {
    name: "restore",
    description: "A new claim with a VolumeSnapshot as its data source starts with the snapshot's data.",
    announcedAs: null,
  },
  {
    name: "clone",
    description: "A new claim with another claim as its data source starts with that claim's data.",
    announcedAs: { service: "controller", capability: "CLONE_VOLUME" },
  },
  {
    name: "group-snapshot",
    description: "A VolumeGroupSnapshot keeps one moment of several claims.",
    announcedAs: { service: "identity", capability: "GROUP_CONTROLLER_SERVICE" },
  },
  {
    name: "block-volume",
    description: "A claim of volumeMode Block is a device in the pod.",
    announcedAs: null,
  },
  {
    name: "xfs",
    description:
      "A class with the parameter csi.storage.k8s.io/fstype=xfs gives volumes with an xfs file system.",
    announcedAs: null,
  },
  {
    name: "expand",
    description: "A volume grows with its claim, mounted or not, and its data stays.",
    announcedAs: { service: "controller", capability: "EXPAND_VOLUME" },
  },
  {
    name: "single-pod-access",
    description: "A ReadWriteOncePod volume is published to one pod, and the driver itself refuses a second.",
    announcedAs: { service: "controller", capability: "SINGLE_NODE_MULTI_WRITER" },
  },
  {
    name: "volume-limits",
    description: "Each node tells in CSINode how many volumes it can use at once.",
    announcedAs: null,
  },
  {
    name: "static-local-volumes",
    description:
      "What is mounted in a folder of a node becomes a local PersistentVolume, clean for each owner.",
    announcedAs: null,
  },
  {
    name: "volume-stats",
    description: "The node plug-in reports the used and free bytes of a published volume.",
    announcedAs: { service: "node", capability: "GET_VOLUME_STATS" },
  },
  {
    name: "capacity",
    description: "The controller plug-in reports the free bytes of each topology segment.",
    announcedAs: { service: "controller", capability: "GET_CAPACITY" },
  },
  {
    name: "capacity-objects",
    description:
      "The scheduler is told the free bytes of each topology segment by CSIStorageCapacity objects.",
    announcedAs: null,
  },
  {
    name: "joint-capacity",
    description: "A pod is admitted only to nodes with room for all its unbound claims together.",
    announcedAs: null,
  },
  {
    name: "node-local-storage",
    description:
      "A NodeLocalStorage object for each node and class of pool tells what the pool there is like.",
    announcedAs: null,
  },
  {
    name: "list-volumes",
    description: "The controller plug-in lists all its volumes.",
    announcedAs: { service: "controller", capability: "LIST_VOLUMES" },
  },
  {
    name: "list-snapshots",
    description: "The controller plug-in lists all its snapshots.",
    announcedAs: { service: "controller", capability: "LIST_SNAPSHOTS" },
  },
] as const satisfies readonly FeatureDefinition[];

/** A name of the vocabulary; anything else is a compile error. */
export type Feature = (typeof features)[number]["name"];

/** All names, in the order of the vocabulary. */
export const featureNames: readonly Feature[] = features.map((feature) => feature.name);

export function isFeature(name: string): name is Feature {
  return (featureNames as readonly string[]).includes(name);
}

/** The vocabulary's entry of a feature. */
export function describeFeature(name: Feature): FeatureDefinition {
  const definition = features.find((feature) => feature.name === name);
  if (definition === undefined) throw new TypeError(`feature ${name}: not in the vocabulary`);
  return definition;
}
