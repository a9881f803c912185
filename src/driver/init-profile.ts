// SPDX-License-Identifier: Apache-2.0
import { type Feature, featureNames, features } from "../catalogue/features.ts";
import type { StorageClass } from "../kube/objects.ts";
import type { Announcement } from "./announcement.ts";
import type { DriverTraces } from "./driver-traces.ts";
import { type DriverWorkloads, findWorkloads } from "./find-workloads.ts";
import { type ProfileDraft, profileName } from "./profile-draft.ts";
import { levelOf } from "./topology-level.ts";

type Spec = ProfileDraft["profile"]["spec"];

/** Writes a profile of a driver that is installed, from what it shows of itself. */
export function initProfile(traces: DriverTraces, announced: Announcement | undefined): ProfileDraft {
  const name = traces.driver.metadata.name;
  const notes = [
    "Written by `seaworthy profile init` from a running driver. Look it over, complete what is marked TODO,",
    "and add what a release of yours promises; then run `seaworthy profile check`.",
  ];
  const workloads = findWorkloads(traces.workloads, name);
  const classes = chooseClasses(traces, notes);
  const keys = traces.csiNodes.flatMap(
    (node) => node.spec.drivers?.find((one) => one.name === name)?.topologyKeys ?? [],
  );
  const spec: Spec = {
    driver: {
      name,
      version: announced?.vendorVersion ?? "TODO",
      organization: "TODO",
      url: "https://example.com/TODO",
    },
    install: { existing: true, ready: readyWorkloads(workloads, notes) },
    ...classes,
    topologyKeys: [...new Set(keys)].map((key) => ({ key, level: levelOf(key) })),
    features: guessFeatures(traces, classes, announced, notes),
    ...findSockets(workloads, notes),
    ...findLimits(traces, name),
  };
  const metadata = { name: profileName(name) };
  return { profile: { apiVersion: "seaworthy.dev/v1", kind: "DriverProfile", metadata, spec }, notes };
}

function chooseClasses(
  { storageClasses, snapshotClasses }: DriverTraces,
  notes: string[],
): Pick<Spec, "storageClasses" | "snapshotClass"> {
  const delayed = storageClasses.filter((one) => one.volumeBindingMode === "WaitForFirstConsumer");
  const immediate = storageClasses.filter((one) => one.volumeBindingMode !== "WaitForFirstConsumer");
  const choose = (what: string, found: readonly { metadata: { name: string } }[]): string | undefined => {
    const names = found.map(({ metadata }) => metadata.name).sort();
    if (names.length > 1) notes.push(`Chosen among several for ${what}: ${names.join(", ")}.`);
    return names[0];
  };
  const chosen = { delayed: choose("delayed", delayed), immediate: choose("immediate", immediate) };
  const snapshotClass = choose("snapshotClass", snapshotClasses);
  if (storageClasses.length === 0)
    notes.push("The cluster has no StorageClass of the driver; two are made with default parameters.");
  return {
    storageClasses:
      storageClasses.length === 0
        ? { delayed: {}, immediate: {} }
        : Object.fromEntries(Object.entries(chosen).filter(([, name]) => name !== undefined)),
    ...(snapshotClass === undefined ? {} : { snapshotClass }),
  };
}

/** From the objects there are; what the driver itself announces, or does not, decides where CSI can say it. */
function guessFeatures(
  { driver, storageClasses, csiNodes }: DriverTraces,
  { storageClasses: chosen, snapshotClass }: Pick<Spec, "storageClasses" | "snapshotClass">,
  announced: Announcement | undefined,
  notes: string[],
): Feature[] {
  const hasKeys = csiNodes.some((node) =>
    node.spec.drivers?.some(
      (one) => one.name === driver.metadata.name && (one.topologyKeys?.length ?? 0) > 0,
    ),
  );
  const guesses: Readonly<Record<string, boolean>> = {
    "dynamic-provisioning": true,
    "delayed-binding": chosen.delayed !== undefined,
    "immediate-binding": chosen.immediate !== undefined,
    topology: hasKeys,
    snapshot: snapshotClass !== undefined,
    restore: snapshotClass !== undefined,
    capacity: driver.spec.storageCapacity === true,
    expansion: storageClasses.some(isExpandable),
  };
  if (announced === undefined) {
    notes.push(
      "The driver was not asked what it announces (--ask-driver does): features are guessed from objects.",
    );
    return featureNames.filter((name) => guesses[name] === true);
  }
  return features
    .filter(({ name, announcedAs }) =>
      announcedAs === null
        ? guesses[name] === true
        : announced[announcedAs.service].includes(announcedAs.capability) &&
          !(name === "snapshot" && snapshotClass === undefined),
    )
    .map(({ name }) => name);
}

function isExpandable({ allowVolumeExpansion }: StorageClass): boolean {
  return allowVolumeExpansion === true;
}

function readyWorkloads({ controller, node }: DriverWorkloads, notes: string[]): Spec["install"]["ready"] {
  const found = [controller, node].flatMap((one) =>
    one === undefined
      ? []
      : [
          {
            kind: one.kind as "Deployment",
            namespace: one.metadata.namespace ?? "default",
            name: one.metadata.name,
          },
        ],
  );
  if (found.length > 0) return found;
  notes.push("No workload of the driver was recognised: complete install.ready.");
  return [{ kind: "Deployment", namespace: "TODO", name: "TODO" }];
}

function findSockets(
  { controller, controllerSocket, nodeSocket }: DriverWorkloads,
  notes: string[],
): Pick<Spec, "sockets"> {
  const podSelector = controller?.spec?.selector?.matchLabels;
  const namespace = controller?.metadata.namespace;
  if (podSelector === undefined || namespace === undefined || nodeSocket === undefined) {
    notes.push("No sockets were recognised: without them nothing the driver announces is compared.");
    return {};
  }
  return {
    sockets: {
      controller: { namespace, podSelector: { ...podSelector }, path: controllerSocket },
      node: { path: nodeSocket },
    },
  };
}

function findLimits({ csiNodes }: DriverTraces, name: string): Pick<Spec, "limits"> {
  const counts = csiNodes.flatMap(
    (node) => node.spec.drivers?.find((one) => one.name === name)?.allocatable?.count ?? [],
  );
  return counts.length === 0 ? {} : { limits: { volumesPerNode: Math.min(...counts) } };
}
