// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { Claims, ClaimSpec } from "../../catalogue/context/claims.ts";
import type { DerivedClass } from "../../catalogue/context/classes.ts";
import type { BindingMode } from "../../catalogue/context/modes.ts";
import type { Snapshot } from "../../catalogue/context/snapshot.ts";
import { describeClaim, isClaimBound, selectedNodeOf } from "../../kube/conditions.ts";
import type { NewObject, PersistentVolume, PersistentVolumeClaim } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, untilObjects } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { untilRefused } from "./refusals.ts";
import { fitSize } from "../fit-size.ts";

/** Size of a volume nobody asked another size of: large enough for any filesystem, small enough to copy quickly. */
const defaultMegabytes = 64;

export function grantClaims(run: CaseRun): Claims<BindingMode> {
  return {
    create: async (spec) => {
      const claim = await run.kube.create(resources.claims, claimObject(run, spec), run);
      return {
        name: claim.metadata.name,
        uid: claim.metadata.uid,
        ...(spec.mode === undefined ? {} : { mode: spec.mode }),
      };
    },
    remove: async (claim) => {
      await run.kube.delete(resources.claims, { namespace: run.namespace, name: claim.name }, run);
      await untilClaimGone(run, claim);
    },
    state: async ({ name, uid }) => {
      const found = await run.kube.find(resources.claims, { namespace: run.namespace, name }, run);
      if (found?.metadata.uid !== uid) return "gone";
      return found.metadata.deletionTimestamp === undefined ? "present" : "being deleted";
    },
    untilBound: async (claim) => {
      await untilClaimBound(run, claim.name);
    },
    untilRefused: async (claim, words) => {
      await untilRefused(run, claim, words);
      await hasNoVolume(run, claim);
    },
    untilWarned: async (claim, words) => {
      await untilRefused(run, claim, words);
    },
    delete: ({ name }) => run.kube.delete(resources.claims, { namespace: run.namespace, name }, run),
    untilGone: (claim) => untilGone(run, claim),
    volumeHandle: async ({ name }) => {
      const volume = await volumeOf(
        run,
        await run.kube.get(resources.claims, { namespace: run.namespace, name }, run),
      );
      return volume.spec.csi?.volumeHandle ?? "";
    },
    staysUnprovisioned: (claim) => staysUnprovisioned(run, claim),
    named: async (name) => {
      const claim = await run.kube.find(resources.claims, { namespace: run.namespace, name }, run);
      if (claim === undefined)
        throw new CheckFailed(`There is a claim ${name}`, "that it exists", "no such claim");
      return { name, uid: claim.metadata.uid };
    },
  };
}

/** The spec of a claim of this case's driver, for claims and claim templates. */
export function claimSpec(
  run: CaseRun,
  storageClass: BindingMode | DerivedClass,
  megabytes = defaultMegabytes,
): Record<string, unknown> {
  const { minBytes, stepBytes } = run.settings.driver.sizes;
  return {
    storageClassName: classNameOf(run, storageClass),
    accessModes: [run.settings.driver.accessMode],
    resources: { requests: { storage: fitSize(megabytes, minBytes, stepBytes) } },
  };
}

/** Name of the StorageClass object. @throws KitError `PROFILE_LACKS_CLASS` */
export function classNameOf(run: CaseRun, storageClass: BindingMode | DerivedClass): string {
  if (typeof storageClass !== "string") return storageClass.name;
  const name = run.settings.driver.storageClasses[storageClass];
  if (name === undefined) {
    const message = `the driver profile names no StorageClass for ${storageClass} binding`;
    throw new KitError("PROFILE_LACKS_CLASS", message);
  }
  return name;
}

/** Waits until a claim is Bound and returns its volume; the time it took is recorded. */
export async function untilClaimBound(
  run: CaseRun,
  name: string,
  signal = run.signal,
): Promise<PersistentVolume> {
  const started = performance.now();
  const wait = { ...waitFor(run, "volumeProvisioned", `claim ${name} to be Bound`), signal };
  const waiting = untilObject(
    run.kube,
    { resource: resources.claims, namespace: run.namespace, name },
    wait,
    (claim) =>
      claim !== undefined && isClaimBound(claim)
        ? { done: true, value: claim }
        : { done: false, seen: describeClaim(claim) },
  );
  const claim = await explained(run, [name], waiting);
  const phase = `claim ${name}: created → bound`;
  if (!run.phases.some((one) => one.name === phase))
    run.phases.push({ name: phase, durationMs: Math.round(performance.now() - started) });
  return volumeOf(run, claim);
}

/** The volume of a bound claim. */
export async function volumeOf(run: CaseRun, claim: PersistentVolumeClaim): Promise<PersistentVolume> {
  return run.kube.get(resources.volumes, { name: claim.spec.volumeName ?? "" }, run);
}

async function hasNoVolume(run: CaseRun, { name }: Claim): Promise<void> {
  const now = await run.kube.get(resources.claims, { namespace: run.namespace, name }, run);
  if (now.spec.volumeName !== undefined || isClaimBound(now))
    throw new CheckFailed(`Claim ${name}, which is refused, gets no volume`, "Pending", describeClaim(now));
}

/** The claim goes first, its volume afterwards, when the driver has removed it. */
async function untilGone(run: CaseRun, claim: Claim): Promise<void> {
  await untilClaimGone(run, claim);
  const wait = waitFor(run, "backEndClean", `the volume of claim ${claim.name} to be gone`);
  await untilObjects(run.kube, { resource: resources.volumes, selection: {} }, wait, (volumes) => {
    const left = [...volumes.values()].find((volume) => volume.spec.claimRef?.uid === claim.uid);
    return left === undefined
      ? { done: true, value: undefined }
      : { done: false, seen: `volume ${left.metadata.name} ${left.status?.phase ?? ""}` };
  });
}

async function untilClaimGone(run: CaseRun, { name, uid }: Claim): Promise<void> {
  const { namespace } = run;
  const wait = waitFor(run, "backEndClean", `claim ${name} to be gone`);
  await untilObject(run.kube, { resource: resources.claims, namespace, name }, wait, (claim) =>
    claim?.metadata.uid === uid
      ? { done: false, seen: describeClaim(claim) }
      : { done: true, value: undefined },
  );
}

async function staysUnprovisioned(run: CaseRun, claim: Claim): Promise<void> {
  const events = {
    resource: resources.events,
    selection: { namespace: run.namespace, fields: `involvedObject.uid=${claim.uid}` },
  };
  const wait = waitFor(run, "consumerAwaited", `event WaitForFirstConsumer of claim ${claim.name}`);
  await untilObjects(run.kube, events, wait, (found) => {
    const reasons = [...found.values()].map((event) => event.reason ?? "");
    return reasons.includes("WaitForFirstConsumer")
      ? { done: true, value: undefined }
      : { done: false, seen: `events ${reasons.join(", ") || "none"}` };
  });
  const [now, volumes] = await Promise.all([
    run.kube.get(resources.claims, { namespace: run.namespace, name: claim.name }, run),
    run.kube.list(resources.volumes, {}, run),
  ]);
  const volume = volumes.items.find((one) => one.spec.claimRef?.uid === claim.uid);
  const isUntouched =
    now.status?.phase === "Pending" && now.spec.volumeName === undefined && selectedNodeOf(now) === undefined;
  if (!isUntouched || volume !== undefined) {
    const seen = `${describeClaim(now)}${volume === undefined ? "" : `; PersistentVolume ${volume.metadata.name} exists for it`}`;
    throw new CheckFailed(
      `Nothing is provisioned for claim ${claim.name} before a pod uses it`,
      "Pending, without a volume",
      seen,
    );
  }
}

function claimObject(run: CaseRun, spec: ClaimSpec<BindingMode>): NewObject {
  const { mode, from, accessMode, volume, selector } = spec;
  const wishes = {
    ...(accessMode === undefined ? {} : { accessModes: [accessMode] }),
    ...(volume === undefined ? {} : { volumeName: volume.name }),
    ...(selector === undefined ? {} : { selector: { matchLabels: selector } }),
  };
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: spec.name, namespace: run.namespace, labels: run.labels },
    spec: {
      ...claimSpec(run, spec.class, spec.megabytes),
      ...wishes,
      ...(mode === undefined ? {} : { volumeMode: mode }),
      ...(from === undefined ? {} : { dataSource: sourceOf(from) }),
    },
  };
}

function sourceOf(from: Snapshot | Claim): Record<string, string> {
  return "kind" in from
    ? { apiGroup: "snapshot.storage.k8s.io", kind: from.kind, name: from.name }
    : { kind: "PersistentVolumeClaim", name: from.name };
}
