// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "../catalogue/features.ts";
import { featureNames } from "../catalogue/features.ts";
import { parseQuantity } from "../support/quantity.ts";
import { type ProfileDraft, profileName } from "./profile-draft.ts";
import { levelOf } from "./topology-level.ts";
import type { TestDriver } from "./test-driver.ts";

/** The classes that a definition's FromFile names, parsed; undefined when the file is not there. */
export interface ClassFiles {
  readonly storageClass?: object;
  readonly snapshotClass?: object;
}

/** What a capability of upstream means here. */
const featuresOf: Readonly<Record<string, readonly string[]>> = {
  persistence: ["dynamic-provisioning"],
  block: ["block-volume"],
  snapshotDataSource: ["snapshot", "restore"],
  pvcDataSource: ["clone"],
  topology: ["topology"],
  capacity: ["capacity"],
  volumeLimits: ["volume-limits"],
  controllerExpansion: ["expansion"],
  RWX: ["read-write-many"],
  capReadOnlyMany: ["read-only-many"],
  readWriteOncePod: ["read-write-once-pod"],
  fsGroup: ["fsgroup"],
};

const filesystems = ["ext2", "ext3", "ext4", "xfs", "btrfs", "nfs"] as const;
type Spec = ProfileDraft["profile"]["spec"];

/** Writes a profile from upstream's definition, and says what it could not carry over. */
export function importTestDriver(definition: TestDriver, files: ClassFiles): ProfileDraft {
  const notes = [
    "Written by `seaworthy profile import`. Complete what is marked TODO, then run `seaworthy profile check`.",
  ];
  const { DriverInfo: info } = definition;
  const features = importFeatures(definition, notes);
  const fsTypes = filesystems.filter((name) => info.SupportedFsType.includes(name));
  const classes = importClasses(definition, files, notes);
  notes.push(...notCarried(definition));
  const spec: Spec = {
    driver: { name: info.Name, version: "TODO", organization: "TODO", url: "https://example.com/TODO" },
    install: {
      existing: true,
      ready: [{ kind: "Deployment", namespace: "TODO", name: "TODO" }],
    },
    ...classes,
    topologyKeys: info.TopologyKeys.map((key) => ({ key, level: levelOf(key) })),
    features,
    ...importSizes(definition, notes),
    ...(fsTypes.length === 0 ? {} : { filesystems: fsTypes }),
    ...(info.Capabilities["RWX"] === true ? { accessModes: ["ReadWriteOnce", "ReadWriteMany"] } : {}),
  };
  const metadata = { name: profileName(definition.ShortName ?? info.Name) };
  return { profile: { apiVersion: "seaworthy.dev/v1", kind: "DriverProfile", metadata, spec }, notes };
}

function importFeatures({ DriverInfo }: TestDriver, notes: string[]): Feature[] {
  const found = new Set<Feature>(["dynamic-provisioning"]);
  for (const [capability, has] of Object.entries(DriverInfo.Capabilities)) {
    if (has !== true) continue;
    const names = featuresOf[capability] ?? [];
    const known = featureNames.filter((name) => names.includes(name));
    for (const name of known) found.add(name);
    if (known.length === 0)
      notes.push(`Not carried over: capability ${capability}, for which there is no feature here.`);
  }
  return featureNames.filter((name) => found.has(name));
}

/** Upstream decides the binding mode in each test; here a class has one. */
function importClasses(
  definition: TestDriver,
  files: ClassFiles,
  notes: string[],
): Pick<Spec, "storageClasses" | "snapshotClass"> {
  const { StorageClass: storage, SnapshotClass: snapshot } = definition;
  const classes: Pick<Spec, "storageClasses" | "snapshotClass"> = {
    storageClasses: importStorageClass(storage, files, notes),
  };
  if (snapshot.FromExistingClassName !== "") classes.snapshotClass = snapshot.FromExistingClassName;
  else if (files.snapshotClass !== undefined)
    classes.snapshotClass = { ...parts(files.snapshotClass, ["parameters"]) };
  else if (snapshot.FromName) classes.snapshotClass = {};
  else if (snapshot.FromFile !== "") notes.push(missingFile("SnapshotClass", snapshot.FromFile));
  return classes;
}

function importStorageClass(
  source: TestDriver["StorageClass"],
  { storageClass }: ClassFiles,
  notes: string[],
): Spec["storageClasses"] {
  if (source.FromExistingClassName !== "") {
    notes.push(
      `StorageClass ${source.FromExistingClassName} stands under delayed: put it under immediate if that is its binding mode.`,
    );
    return { delayed: source.FromExistingClassName };
  }
  if (storageClass !== undefined) {
    const kept = parts(storageClass, ["parameters", "mountOptions", "allowVolumeExpansion", "reclaimPolicy"]);
    const role =
      "volumeBindingMode" in storageClass && storageClass.volumeBindingMode === "WaitForFirstConsumer"
        ? "delayed"
        : "immediate";
    return { [role]: kept };
  }
  if (source.FromName) return { delayed: {}, immediate: {} };
  if (source.FromFile !== "") notes.push(missingFile("StorageClass", source.FromFile));
  return {};
}

function importSizes({ DriverInfo }: TestDriver, notes: string[]): Pick<Spec, "sizes"> {
  const { Min = "", Max = "" } = DriverInfo.SupportedSizeRange ?? {};
  const sizes: { min?: string; max?: string } = {};
  for (const [name, text] of [
    ["min", Min],
    ["max", Max],
  ] as const) {
    if (text === "") continue;
    if (parseQuantity(text) === undefined)
      notes.push(`Not carried over: SupportedSizeRange ${name} ${text}.`);
    else sizes[name] = text;
  }
  return Object.keys(sizes).length === 0 ? {} : { sizes };
}

const known: readonly string[] = ["ShortName", "StorageClass", "SnapshotClass", "DriverInfo"];
const knownInfo: readonly string[] = [
  "Name",
  "SupportedSizeRange",
  "SupportedFsType",
  "TopologyKeys",
  "Capabilities",
];

function notCarried(definition: TestDriver): string[] {
  const own = Object.keys(definition).filter((key) => !known.includes(key) && !isEmpty(definition[key]));
  const info = Object.keys(definition.DriverInfo).filter(
    (key) => !knownInfo.includes(key) && !isEmpty(definition.DriverInfo[key]),
  );
  const others = definition.DriverInfo.SupportedFsType.filter(
    (name) => name !== "" && !(filesystems as readonly string[]).includes(name),
  );
  return [
    ...own.map((key) => `Not carried over: ${key}.`),
    ...info.map((key) => `Not carried over: DriverInfo.${key}.`),
    ...others.map((name) => `Not carried over: filesystem ${name}.`),
  ];
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0)
  );
}

function parts(object: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));
}

function missingFile(what: string, file: string): string {
  return `Not carried over: ${what} from ${file}, a file that is not there.`;
}
