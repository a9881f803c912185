// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { ReadySnapshot } from "../../catalogue/context/snapshots.ts";
import { bytesOf } from "../../kube/quantity.ts";
import { resources } from "../../kube/resources.ts";
import type { CaseRun } from "../case-run.ts";
import { check } from "./check.ts";
import { volumeOf } from "./claims.ts";

/** The API keeps whole seconds. */
const resolution = 1000;

/** Compares what a snapshot's status says with what is known from elsewhere. */
export async function tellsTruth(run: CaseRun, snapshot: ReadySnapshot, source: Claim): Promise<void> {
  const { name, uid, content, askedAt, createdAt, restoreBytes } = snapshot;
  const { kube, namespace, settings } = run;
  const [bound, claim] = await Promise.all([
    kube.get(resources.contents, { name: content }, run),
    kube.get(resources.claims, { namespace, name: source.name }, run),
  ]);
  const volume = await volumeOf(run, claim);
  const moment = createdAt.getTime();
  check.holds(
    `Snapshot ${name} was created after it was asked for and before it was ready`,
    moment > askedAt - resolution && moment <= Date.now(),
    `asked for ${new Date(askedAt).toISOString()}, creationTime ${createdAt.toISOString()}, now ${new Date().toISOString()}`,
  );
  const bytes = bytesOf(volume.spec.capacity?.storage ?? "");
  check.equal(`Snapshot ${name} needs as much space as its source's volume has`, restoreBytes, bytes);
  check.equal(`Content ${content} says the same restore size`, bound.status?.restoreSize, restoreBytes);
  check.equal(`Content ${content} is ready to use`, bound.status?.readyToUse, true);
  check.equal(`Content ${content} refers back to snapshot ${name}`, bound.spec.volumeSnapshotRef.uid, uid);
  check.equal(`Content ${content} is of this driver`, bound.spec.driver, settings.driver.name);
  const handle = volume.spec.csi?.volumeHandle;
  check.equal(
    `Content ${content} names the source's volume`,
    bound.spec.source?.volumeHandle ?? handle,
    handle,
  );
}
