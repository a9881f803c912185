// SPDX-License-Identifier: Apache-2.0
import { describeSnapshot } from "../../kube/conditions.ts";
import { resources, type Resource } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { profileSnapshotClass } from "./snapshot-classes.ts";

/**
 * Asks the driver, by its class, for a snapshot of a volume of another driver, and removes everything again.
 * Resolves with what the status says when it is refused, with undefined when it is made all the same.
 */
export async function snapshotForeignVolume(run: CaseRun, name: string): Promise<string | undefined> {
  const { kube, namespace, labels } = run;
  const volume = `${namespace}-${name}`;
  await createForeignClaim(run, name, volume);
  run.cleanup.add(`delete volume ${volume}`, () => kube.delete(resources.volumes, { name: volume }));
  const { apiVersion, kind } = resources.snapshots;
  const spec = {
    volumeSnapshotClassName: profileSnapshotClass(run),
    source: { persistentVolumeClaimName: name },
  };
  await kube.create(
    resources.snapshots,
    { apiVersion, kind, metadata: { name, namespace, labels }, spec },
    run,
  );
  try {
    return await untilJudged(run, name);
  } finally {
    await remove(run, name);
    await kube.delete(resources.volumes, { name: volume });
  }
}

/** The volume is an entry in the API alone: no driver of that name exists. */
async function createForeignClaim(run: CaseRun, name: string, volume: string): Promise<void> {
  const { kube, namespace, labels } = run;
  const shared = { storageClassName: "", accessModes: ["ReadWriteOnce"] };
  await kube.create(
    resources.volumes,
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: volume, labels },
      spec: {
        ...shared,
        capacity: { storage: "64Mi" },
        claimRef: { namespace, name },
        csi: { driver: "foreign.seaworthy.dev", volumeHandle: `foreign-${volume}` },
      },
    },
    run,
  );
  await kube.create(
    resources.claims,
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name, namespace, labels },
      spec: { ...shared, volumeName: volume, resources: { requests: { storage: "64Mi" } } },
    },
    run,
  );
}

/** The driver's refusal comes into the status by way of the content, after the claim has been bound. */
async function untilJudged(run: CaseRun, name: string): Promise<string | undefined> {
  const wait = waitFor(run, "refused", `snapshot ${name} of a foreign volume to be refused by the driver`);
  const target = { resource: resources.snapshots, namespace: run.namespace, name };
  return untilObject(run.kube, target, wait, (seen) => {
    if (seen?.status?.readyToUse === true) return { done: true, value: undefined };
    const words = seen?.status?.error?.message ?? "";
    return words.includes("rpc error")
      ? { done: true, value: words }
      : { done: false, seen: describeSnapshot(seen) };
  });
}

async function remove(run: CaseRun, name: string): Promise<void> {
  const used: readonly Resource[] = [resources.snapshots, resources.claims];
  for (const resource of used) {
    await run.kube.delete(resource, { namespace: run.namespace, name }, run);
    const wait = waitFor(run, "backEndClean", `${resource.kind} ${name} to be gone`);
    await untilObject(run.kube, { resource, namespace: run.namespace, name }, wait, (seen) =>
      seen === undefined
        ? { done: true, value: undefined }
        : { done: false, seen: `finalizers ${seen.metadata.finalizers?.join(", ") ?? "none"}` },
    );
  }
}
