// SPDX-License-Identifier: Apache-2.0
import type { AdoptedVolumeSpec, Volume, VolumePhase, Volumes } from "../../catalogue/context/volumes.ts";
import type { NewObject, PersistentVolume } from "../../kube/objects.ts";
import { provisionedBy } from "../../kube/labels.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, type Look } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { volumeOf } from "./claims.ts";
import { freeVolume } from "./free-volume.ts";

export function grantVolumes(run: CaseRun): Volumes {
  const patch = (name: string, body: unknown): Promise<void> =>
    run.kube.patch(resources.volumes, { name }, body, run);
  return {
    of: async (claim) => {
      const place = { namespace: run.namespace, name: claim.name };
      const volume = await volumeOf(run, await run.kube.get(resources.claims, place, run));
      const { name } = volume.metadata;
      run.cleanup.add(`free volume ${name}`, () => freeVolume(run, name));
      return { name, handle: handleOf(volume) };
    },
    untilPhase: (volume, phase) =>
      until(run, volume, `to be ${phase}`, (object) => inPhase(volume, object, phase)),
    untilGone: (volume) =>
      until(run, volume, "to be gone", (object) =>
        object === undefined ? { done: true, value: undefined } : { done: false, seen: describe(object) },
      ),
    setReclaimPolicy: (volume, policy) =>
      patch(volume.name, { spec: { persistentVolumeReclaimPolicy: policy } }),
    clearClaim: (volume) => patch(volume.name, { spec: { claimRef: null } }),
    adopt: (spec) => adopt(run, spec),
    requestDeletion: ({ name }) => run.kube.delete(resources.volumes, { name }, run),
    state: async ({ name }) => {
      const object = await run.kube.find(resources.volumes, { name }, run);
      if (object === undefined) return "gone";
      return object.metadata.deletionTimestamp === undefined ? "present" : "being deleted";
    },
  };
}

async function adopt(run: CaseRun, spec: AdoptedVolumeSpec): Promise<Volume> {
  const { of } = spec;
  const original = await run.kube.get(resources.volumes, { name: of.name }, run);
  const made = adoptedObject(run, original, spec);
  await run.kube.delete(resources.volumes, { name: of.name }, run);
  await until(run, of, "to be gone", (object) =>
    object === undefined ? { done: true, value: undefined } : { done: false, seen: describe(object) },
  );
  run.cleanup.add(`free volume ${made.metadata.name}`, () => freeVolume(run, made.metadata.name));
  await run.kube.create(resources.volumes, made, run);
  const adopted = { name: made.metadata.name, handle: of.handle };
  // A scheduler that does not know it yet would have a claim with a selector provisioned, which is refused for ever.
  await until(run, adopted, "to be Available", (object) => inPhase(adopted, object, "Available"));
  return adopted;
}

/** Only the provisioner writes it; a driver must not need it. */
const provisionerIdentity = "storage.kubernetes.io/csiProvisionerIdentity";

/** What an administrator would write: where the volume is and how large, and nothing that only the provisioner adds. */
function adoptedObject(
  run: CaseRun,
  { metadata, spec }: PersistentVolume,
  wanted: AdoptedVolumeSpec,
): NewObject {
  const { capacity, accessModes, volumeMode, mountOptions, csi } = spec;
  const byZone = wanted.place === "zone-label" ? zoneOf(run, spec) : undefined;
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: {
      name: `${run.namespace}-${wanted.name}`,
      labels: { ...run.labels, ...wanted.labels, ...(byZone === undefined ? {} : { [zoneLabel]: byZone }) },
      // Without it nobody would ever delete the volume behind it.
      annotations: { [provisionedBy]: metadata.annotations?.[provisionedBy] ?? run.settings.driver.name },
    },
    spec: {
      capacity,
      accessModes,
      volumeMode,
      ...(byZone === undefined ? { nodeAffinity: spec.nodeAffinity } : {}),
      storageClassName: wanted.class?.name ?? spec.storageClassName,
      mountOptions,
      csi: { ...csi, volumeAttributes: withoutIdentity(csi?.volumeAttributes ?? {}) },
      persistentVolumeReclaimPolicy: "Retain",
    },
  };
}

const zoneLabel = "topology.kubernetes.io/zone";

/** The zone that a volume's nodeAffinity names. */
function zoneOf({ id }: CaseRun, { nodeAffinity }: PersistentVolume["spec"]): string {
  const terms = nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const expressions = terms.flatMap(({ matchExpressions = [] }) => matchExpressions);
  const zone = expressions.find(({ key }) => key === zoneLabel)?.values?.[0];
  if (zone !== undefined) return zone;
  throw new KitError("ZONE_UNKNOWN", `${id}: the volume's nodeAffinity names no ${zoneLabel}`);
}

function withoutIdentity(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key !== provisionerIdentity));
}

async function until(
  run: CaseRun,
  { name }: Volume,
  what: string,
  look: (object: PersistentVolume | undefined) => Look<undefined>,
): Promise<void> {
  const wait = waitFor(run, "backEndClean", `volume ${name} ${what}`);
  await untilObject(run.kube, { resource: resources.volumes, name }, wait, look);
}

function inPhase(volume: Volume, object: PersistentVolume | undefined, phase: VolumePhase): Look<undefined> {
  if (object === undefined)
    throw new CheckFailed(`Volume ${volume.name} becomes ${phase}`, "that it is there", "no such volume");
  return object.status?.phase === phase
    ? { done: true, value: undefined }
    : { done: false, seen: describe(object) };
}

function describe({ metadata, status }: PersistentVolume): string {
  return `${status?.phase ?? "no phase"}${metadata.deletionTimestamp === undefined ? "" : ", being deleted"}`;
}

function handleOf({ metadata, spec }: PersistentVolume): string {
  if (spec.csi === undefined)
    throw new CheckFailed(`Volume ${metadata.name} is a CSI volume`, "a volume handle", "none");
  return spec.csi.volumeHandle;
}
