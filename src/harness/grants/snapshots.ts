// SPDX-License-Identifier: Apache-2.0
import type { Snapshot, Snapshots } from "../../catalogue/context.ts";
import { describeSnapshot, missingOfSnapshot } from "../../kube/conditions.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";

export function grantSnapshots(run: CaseRun): Snapshots {
  return {
    take: async ({ name, of }) => {
      const { snapshotClass } = run.settings.driver;
      if (snapshotClass === undefined)
        throw new KitError("PROFILE_LACKS_CLASS", "the driver profile names no VolumeSnapshotClass");
      const { metadata } = await run.kube.create(
        resources.snapshots,
        {
          apiVersion: resources.snapshots.apiVersion,
          kind: resources.snapshots.kind,
          metadata: { name, namespace: run.namespace, labels: run.labels },
          spec: { volumeSnapshotClassName: snapshotClass, source: { persistentVolumeClaimName: of.name } },
        },
        run,
      );
      return { kind: "VolumeSnapshot", name, uid: metadata.uid };
    },
    untilReady: (snapshot) => untilReady(run, snapshot),
  };
}

async function untilReady(run: CaseRun, { name }: Snapshot): Promise<void> {
  const started = performance.now();
  const wait = waitFor(run, "snapshotReady", `snapshot ${name} to be ready to use`);
  const target = { resource: resources.snapshots, namespace: run.namespace, name };
  const waiting = untilObject(run.kube, target, wait, (snapshot) =>
    snapshot !== undefined && missingOfSnapshot(snapshot).length === 0
      ? { done: true, value: undefined }
      : { done: false, seen: describeSnapshot(snapshot) },
  );
  await explained(run, [name], waiting);
  run.phases.push({
    name: `snapshot ${name}: created → ready`,
    durationMs: Math.round(performance.now() - started),
  });
}
