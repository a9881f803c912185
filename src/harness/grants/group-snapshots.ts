// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { GroupSnapshots } from "../../catalogue/context/group-snapshots.ts";
import type { Snapshot } from "../../catalogue/context/snapshot.ts";
import type { ReadySnapshot } from "../../catalogue/context/snapshots.ts";
import type { VolumeSnapshot } from "../../kube/snapshot-objects.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, untilObjects } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { untilSnapshotReady } from "./snapshots.ts";

/** By this label a group snapshot selects its claims. */
const groupLabel = "seaworthy.dev/group";

export function grantGroupSnapshots(run: CaseRun): GroupSnapshots {
  return {
    take: async ({ name, of }) => {
      await Promise.all(of.map((claim) => label(run, claim, name)));
      const askedAt = Date.now();
      const uid = await create(run, name);
      await untilGroupReady(run, name);
      const members = await untilMembers(run, uid, of);
      return Promise.all(members.map((member) => toReady(run, member, askedAt)));
    },
  };
}

async function label(run: CaseRun, { name }: Claim, group: string): Promise<void> {
  const place = { namespace: run.namespace, name };
  await run.kube.patch(resources.claims, place, { metadata: { labels: { [groupLabel]: group } } }, run);
}

async function create(run: CaseRun, name: string): Promise<string> {
  const { groupSnapshotClass } = run.settings.driver;
  if (groupSnapshotClass === undefined)
    throw new KitError("PROFILE_LACKS_CLASS", "the driver profile names no VolumeGroupSnapshotClass");
  const { apiVersion, kind } = resources.groupSnapshots;
  const metadata = { name, namespace: run.namespace, labels: run.labels };
  const spec = {
    volumeGroupSnapshotClassName: groupSnapshotClass,
    source: { selector: { matchLabels: { [groupLabel]: name } } },
  };
  const made = await run.kube.create(resources.groupSnapshots, { apiVersion, kind, metadata, spec }, run);
  return made.metadata.uid;
}

async function untilGroupReady(run: CaseRun, name: string): Promise<void> {
  const started = performance.now();
  const wait = waitFor(run, "snapshotReady", `group snapshot ${name} to be ready to use`);
  const target = { resource: resources.groupSnapshots, namespace: run.namespace, name };
  await untilObject(run.kube, target, wait, (seen) =>
    seen?.status?.readyToUse === true
      ? { done: true, value: undefined }
      : { done: false, seen: seen?.status?.error?.message ?? "not ready" },
  );
  const durationMs = Math.round(performance.now() - started);
  run.phases.push({ name: `group snapshot ${name}: created → ready`, durationMs });
}

/** The controller makes a VolumeSnapshot for each member; it names the member's claim and belongs to the group. */
async function untilMembers(
  run: CaseRun,
  group: string,
  claims: readonly Claim[],
): Promise<readonly VolumeSnapshot[]> {
  const wait = waitFor(run, "snapshotReady", "a snapshot of each member of the group");
  const target = { resource: resources.snapshots, selection: { namespace: run.namespace } };
  return untilObjects(run.kube, target, wait, (found) => {
    const own = [...found.values()].filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ uid }) => uid === group),
    );
    const members = claims.flatMap(
      ({ name }) => own.find(({ spec }) => spec?.source?.persistentVolumeClaimName === name) ?? [],
    );
    return members.length === claims.length
      ? { done: true, value: members }
      : { done: false, seen: `${String(members.length)} of ${String(claims.length)}` };
  });
}

function toReady(run: CaseRun, { metadata }: VolumeSnapshot, askedAt: number): Promise<ReadySnapshot> {
  const { name, uid } = metadata;
  const snapshot: Snapshot = { kind: "VolumeSnapshot", name, uid, askedAt };
  return untilSnapshotReady(run, snapshot);
}
