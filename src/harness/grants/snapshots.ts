// SPDX-License-Identifier: Apache-2.0
import type { Snapshot } from "../../catalogue/context/snapshot.ts";
import type { ReadySnapshot, Snapshots, SnapshotSpec } from "../../catalogue/context/snapshots.ts";
import { describeSnapshot, missingOfSnapshot } from "../../kube/conditions.ts";
import type { NewObject } from "../../kube/objects.ts";
import { bytesOf } from "../../kube/quantity.ts";
import { restoreFinalizer } from "../../kube/reap.ts";
import { resources, type Resource } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";
import { snapshotForeignVolume } from "./foreign-snapshot.ts";
import { deriveSnapshotClass, profileSnapshotClass } from "./snapshot-classes.ts";
import { deleteContent, hasContent, provideContent, untilContentGone } from "./snapshot-contents.ts";
import { tellsTruth } from "./snapshot-truth.ts";

/** Set by the snapshot controller on a claim while a snapshot of it is not ready. */
const sourceFinalizer = "snapshot.storage.kubernetes.io/pvc-as-source-protection";

const allowModeChange = "snapshot.storage.kubernetes.io/allow-volume-mode-change";

export function grantSnapshots(run: CaseRun): Snapshots {
  const { snapshots, contents } = resources;
  const placeOf = ({ name }: Snapshot) => ({ namespace: run.namespace, name });
  return {
    deriveClass: (spec) => deriveSnapshotClass(run, spec),
    take: (spec) => create(run, spec.name, specOf(run, spec)),
    untilReady: (snapshot) => untilSnapshotReady(run, snapshot),
    tellsTruth: (snapshot, source) => tellsTruth(run, snapshot, source),
    takeForeign: (name) => snapshotForeignVolume(run, name),
    untilProtecting: ({ name }) => untilHeld(run, { resource: resources.claims, name }, sourceFinalizer),
    untilInUse: ({ name }) => untilHeld(run, { resource: snapshots, name }, restoreFinalizer),
    delete: (snapshot) => run.kube.delete(snapshots, placeOf(snapshot), run),
    untilGone: (snapshot) => untilGone(run, snapshot),
    untilContentGone: (snapshot) => untilContentGone(run, snapshot),
    hasContent: (snapshot) => hasContent(run, snapshot),
    deleteContent: (snapshot, and) => deleteContent(run, snapshot, and),
    announce: (name) => create(run, name, { source: { volumeSnapshotContentName: contentName(run, name) } }),
    provide: (announced, handle, mode) =>
      provideContent(run, announced, { name: contentName(run, announced.name), handle, mode }),
    allowModeChange: ({ content }) =>
      run.kube.patch(
        contents,
        { name: content },
        { metadata: { annotations: { [allowModeChange]: "true" } } },
        run,
      ),
  };
}

function contentName(run: CaseRun, snapshot: string): string {
  return `${run.namespace}-${snapshot}`;
}

function specOf(run: CaseRun, { of, class: chosen }: SnapshotSpec): Record<string, unknown> {
  const name = chosen === "none" ? undefined : (chosen?.name ?? profileSnapshotClass(run));
  return {
    ...(name === undefined ? {} : { volumeSnapshotClassName: name }),
    source: { persistentVolumeClaimName: of.name },
  };
}

async function create(run: CaseRun, name: string, spec: Record<string, unknown>): Promise<Snapshot> {
  const { apiVersion, kind } = resources.snapshots;
  const metadata = { name, namespace: run.namespace, labels: run.labels };
  const snapshot: NewObject = { apiVersion, kind, metadata, spec };
  const askedAt = Date.now();
  const { uid } = (await run.kube.create(resources.snapshots, snapshot, run)).metadata;
  return { kind: "VolumeSnapshot", name, uid, askedAt };
}

/** Waits for a snapshot that can be restored; the time it took is recorded. */
export async function untilSnapshotReady(run: CaseRun, snapshot: Snapshot): Promise<ReadySnapshot> {
  const { name } = snapshot;
  const started = performance.now();
  const wait = waitFor(run, "snapshotReady", `snapshot ${name} to be ready to use`);
  const target = { resource: resources.snapshots, namespace: run.namespace, name };
  const waiting = untilObject(run.kube, target, wait, (seen) =>
    seen !== undefined && missingOfSnapshot(seen).length === 0
      ? { done: true, value: seen.status ?? {} }
      : { done: false, seen: describeSnapshot(seen) },
  );
  const status = await explained(run, [name], waiting);
  run.phases.push({
    name: `snapshot ${name}: created → ready`,
    durationMs: Math.round(performance.now() - started),
  });
  const content = status.boundVolumeSnapshotContentName ?? "";
  const bound = await run.kube.get(resources.contents, { name: content }, run);
  return {
    ...snapshot,
    content,
    handle: bound.status?.snapshotHandle ?? "",
    createdAt: new Date(status.creationTime ?? 0),
    restoreBytes: bytesOf(status.restoreSize ?? ""),
  };
}

/** A finalizer is how a controller says that it has begun: it comes and goes, so the wait must begin before what causes it. */
async function untilHeld(
  run: CaseRun,
  { resource, name }: { readonly resource: Resource; readonly name: string },
  finalizer: string,
): Promise<void> {
  const wait = waitFor(run, "volumeProvisioned", `${resource.kind} ${name} to be held by ${finalizer}`);
  const target = { resource, namespace: run.namespace, name };
  await untilObject(run.kube, target, wait, (seen) =>
    seen?.metadata.finalizers?.includes(finalizer) === true
      ? { done: true, value: undefined }
      : { done: false, seen: `finalizers ${seen?.metadata.finalizers?.join(", ") ?? "none"}` },
  );
}

async function untilGone(run: CaseRun, { name, uid }: Snapshot): Promise<void> {
  const wait = waitFor(run, "backEndClean", `snapshot ${name} to be gone`);
  const target = { resource: resources.snapshots, namespace: run.namespace, name };
  const waiting = untilObject(run.kube, target, wait, (seen) =>
    seen?.metadata.uid === uid
      ? { done: false, seen: `finalizers ${seen.metadata.finalizers?.join(", ") ?? "none"}` }
      : { done: true, value: undefined },
  );
  await explained(run, [name], waiting);
}
