// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { Growth } from "../../catalogue/context/growth.ts";
import { describeClaim } from "../../kube/conditions.ts";
import type { PersistentVolumeClaim } from "../../kube/objects.ts";
import { bytesOf } from "../../kube/quantity.ts";
import { resources } from "../../kube/resources.ts";
import { untilObject, type Look } from "../../kube/watch.ts";
import { isKitError } from "../../support/errors.ts";
import { explained, waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { fitSize } from "../fit-size.ts";

/** HTTP status of a request that validation refuses. */
const unprocessable = 422;

export function grantGrowth(run: CaseRun): Growth {
  const untilDone = (claim: Claim, megabytes: number): Promise<void> =>
    until(run, claim, `to have ${String(megabytes)} MiB`, (seen) => hasGrown(seen, megabytes));
  const untilFileSystemWaits = (claim: Claim): Promise<void> =>
    until(run, claim, "to have a filesystem that waits to grow", (seen) => hasStep(seen, pendingOnNode));
  return {
    ask: (claim, megabytes) => ask(run, claim, megabytes),
    untilFileSystemWaits,
    untilDone,
    untilDoneUnder: async (pod, claim, megabytes) => {
      await until(run, claim, "to be grown but for its filesystem", (seen) => {
        const grown = hasGrown(seen, megabytes);
        return grown.done ? grown : hasStep(seen, pendingOnNode);
      });
      // The kubelet looks at a pod's volumes once a minute, and at once when the pod changes.
      const annotations = { "seaworthy.dev/grown": String(megabytes) };
      await run.kube.patch(
        resources.pods,
        { namespace: run.namespace, name: pod.name },
        { metadata: { annotations } },
        run,
      );
      await untilDone(claim, megabytes);
    },
    refusesLess: (claim, megabytes) => refusesLess(run, claim, megabytes),
  };
}

async function ask(run: CaseRun, { name }: Claim, megabytes: number): Promise<void> {
  const { minBytes, stepBytes } = run.settings.driver.sizes;
  const storage = fitSize(megabytes, minBytes, stepBytes);
  const place = { namespace: run.namespace, name };
  await run.kube.patch(resources.claims, place, { spec: { resources: { requests: { storage } } } }, run);
}

async function refusesLess(run: CaseRun, claim: Claim, megabytes: number): Promise<void> {
  const answer = await ask(run, claim, megabytes).then(
    () => "it was accepted",
    (thrown: unknown) => {
      if (isKitError(thrown) && thrown.details["status"] === unprocessable) return undefined;
      throw thrown;
    },
  );
  if (answer === undefined) return;
  throw new CheckFailed(`Claim ${claim.name} may not ask for less`, "that it is refused", answer);
}

/** Condition of a claim whose volume is grown, but not its filesystem. */
const pendingOnNode = "FileSystemResizePending";

function hasStep(claim: PersistentVolumeClaim, type: string): Look<undefined> {
  const found = claim.status?.conditions?.some((one) => one.type === type && one.status === "True");
  return found === true ? { done: true, value: undefined } : { done: false, seen: describe(claim) };
}

function hasGrown(claim: PersistentVolumeClaim, megabytes: number): Look<undefined> {
  const { capacity, conditions = [] } = claim.status ?? {};
  const isLarge = bytesOf(capacity?.storage ?? "0") >= megabytes * 1024 * 1024;
  return isLarge && conditions.length === 0
    ? { done: true, value: undefined }
    : { done: false, seen: describe(claim) };
}

function describe(claim: PersistentVolumeClaim): string {
  const { capacity, conditions = [] } = claim.status ?? {};
  const steps = conditions.map(
    ({ type, message }) => `, ${type}${message === undefined ? "" : `: ${message}`}`,
  );
  return `${describeClaim(claim)}, capacity ${capacity?.storage ?? "unknown"}${steps.join("")}`;
}

async function until(
  run: CaseRun,
  { name }: Claim,
  what: string,
  look: (claim: PersistentVolumeClaim) => Look<undefined>,
): Promise<void> {
  const started = performance.now();
  const wait = waitFor(run, "volumeGrown", `claim ${name} ${what}`);
  const target = { resource: resources.claims, namespace: run.namespace, name };
  const waiting = untilObject(run.kube, target, wait, (claim) =>
    claim === undefined ? { done: false, seen: "no such claim" } : look(claim),
  );
  await explained(run, [name], waiting);
  run.phases.push({ name: `claim ${name}: ${what}`, durationMs: Math.round(performance.now() - started) });
}
