// SPDX-License-Identifier: Apache-2.0
import type { VolumeMode } from "../../catalogue/context/modes.ts";
import type { Snapshot } from "../../catalogue/context/snapshot.ts";
import type { ReadySnapshot } from "../../catalogue/context/snapshots.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

/** A snapshot that the back end holds already. */
interface Provided {
  readonly name: string;
  readonly handle: string;
  readonly mode: VolumeMode;
}

export async function provideContent(
  run: CaseRun,
  announced: Snapshot,
  { name, handle, mode }: Provided,
): Promise<void> {
  const { apiVersion, kind } = resources.contents;
  const reference = { name: announced.name, namespace: run.namespace, uid: announced.uid };
  const spec = {
    driver: run.settings.driver.name,
    deletionPolicy: "Delete",
    source: { snapshotHandle: handle },
    sourceVolumeMode: mode,
    volumeSnapshotRef: reference,
  };
  const metadata = { name, labels: run.labels };
  await run.kube.create(resources.contents, { apiVersion, kind, metadata, spec }, run);
}

export async function hasContent(run: CaseRun, { content }: ReadySnapshot): Promise<boolean> {
  return (await run.kube.find(resources.contents, { name: content }, run)) !== undefined;
}

export async function untilContentGone(run: CaseRun, { content }: ReadySnapshot): Promise<void> {
  const wait = waitFor(run, "backEndClean", `snapshot content ${content} to be gone`);
  await untilObject(run.kube, { resource: resources.contents, name: content }, wait, (seen) =>
    seen === undefined
      ? { done: true, value: undefined }
      : { done: false, seen: `finalizers ${seen.metadata.finalizers?.join(", ") ?? "none"}` },
  );
}

export async function deleteContent(run: CaseRun, snapshot: ReadySnapshot, and?: "Delete"): Promise<void> {
  const place = { name: snapshot.content };
  if (and !== undefined)
    await run.kube.patch(resources.contents, place, { spec: { deletionPolicy: and } }, run);
  await run.kube.delete(resources.contents, place, run);
  await untilContentGone(run, snapshot);
}
