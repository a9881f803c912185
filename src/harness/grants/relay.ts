// SPDX-License-Identifier: Apache-2.0
import type { CallRule, Relay, RelayedCall } from "../../catalogue/context/faults.ts";
import { withRelay } from "../../driver/relay/sidecars.ts";
import { labelSelector } from "../../kube/label-selector.ts";
import { describeRollout, isRolledOut } from "../../kube/conditions.ts";
import { execInPod } from "../../kube/exec.ts";
import type { Workload } from "../../kube/objects.ts";
import { beforeRelay, takeRelayOut } from "../../kube/relay-removal.ts";
import { type Resource, resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { readyController } from "./driver-pods.ts";
import { socketsOf } from "./socket-pods.ts";

const container = "seaworthy-relay";

/** Rewrites the controller's workload so that its sidecars call the relay; clean-up writes it back. */
export async function installRelay(run: CaseRun): Promise<Relay> {
  const { resource, workload } = await controllerWorkload(run);
  const { name, namespace = "" } = workload.metadata;
  const place = { namespace, name };
  const before = workload.spec?.template?.spec.containers ?? [];
  const containers = withRelay(before, run.settings.probeImage);
  if (containers === undefined)
    throw new KitError(
      "RELAY_PLACE",
      `${namespace}/${name} has no sidecar with --csi-address: nothing to stand between`,
    );
  run.cleanup.addHarm(`take the relay out of ${name}`, async () => {
    await takeRelayOut(run.kube, resource, await run.kube.get(resource, place));
    await untilRolledOut(run, resource, place);
  });
  await run.kube.patch(
    resource,
    place,
    {
      metadata: { annotations: { [beforeRelay]: JSON.stringify(before) } },
      spec: { template: { spec: { containers } } },
    },
    run,
  );
  await untilRolledOut(run, resource, place);
  return relayIn(run, (await readyController(run, container)).metadata.name);
}

function relayIn(run: CaseRun, pod: string): Relay {
  const { namespace } = socketsOf(run).controller;
  const ask = async (...argv: readonly string[]): Promise<string> => {
    const program = ["node", "/opt/seaworthy/relay.mjs", ...argv];
    const { stdout, stderr, exitCode } = await execInPod(
      run.kube,
      { namespace, pod, container },
      program,
      run.signal,
    );
    if (exitCode === 0) return stdout;
    throw new KitError("RELAY", `${argv[0] ?? ""} in the relay of ${pod}: ${stderr.trim().slice(-500)}`);
  };
  return {
    rules: async (rules: readonly CallRule[]) => {
      await ask("rules", JSON.stringify(rules));
    },
    untilAnswered: async (method, count) => {
      await ask("until", method, String(count));
    },
    calls: async () => JSON.parse(await ask("calls")) as readonly RelayedCall[],
  };
}

interface Found {
  readonly resource: Resource<Workload>;
  readonly workload: Workload;
}

/** The Deployment or StatefulSet whose pods have the labels the profile names. */
async function controllerWorkload(run: CaseRun): Promise<Found> {
  const { namespace, podSelector } = socketsOf(run).controller;
  for (const resource of [resources.deployments, resources.statefulSets]) {
    const { items } = await run.kube.list(resource, { namespace }, run);
    const workload = items.find((one) => {
      const labels = one.spec?.template?.metadata?.labels ?? {};
      return Object.entries(podSelector).every(([key, value]) => labels[key] === value);
    });
    if (workload !== undefined) return { resource, workload };
  }
  throw new KitError(
    "RELAY_PLACE",
    `no Deployment or StatefulSet in ${namespace} makes pods with ${labelSelector(podSelector)}`,
  );
}

async function untilRolledOut(
  run: CaseRun,
  resource: Resource<Workload>,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<void> {
  const wait = { ...waitFor(run, "driverBack", `${name} to be rolled out`), signal: undefined };
  await untilObject(run.kube, { resource, namespace, name }, wait, (workload) =>
    workload !== undefined && isRolledOut(workload)
      ? { done: true, value: undefined }
      : { done: false, seen: describeRollout(workload) },
  );
}
