// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import type { Stats, VolumeUsage } from "../../catalogue/context/stats.ts";
import type { SizeReport } from "../../integrity/probe/sizes.ts";
import { pathOf, resources } from "../../kube/resources.ts";
import { untilObject } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { dataPath, runProbe } from "../probe-pod.ts";

export function grantStats(run: CaseRun): Stats {
  return {
    measured: (pod) => measured(run, pod),
    untilReported: (pod, claim) => untilReported(run, pod, claim),
  };
}

/** What the kit reads of the kubelet's `/stats/summary`. */
interface Summary {
  readonly pods: readonly {
    readonly podRef: { readonly uid: string };
    readonly volume?: readonly {
      readonly capacityBytes?: number;
      readonly availableBytes?: number;
      readonly pvcRef?: { readonly name: string };
    }[];
  }[];
}

async function measured(run: CaseRun, pod: RunningPod): Promise<VolumeUsage> {
  const { bytes, freeBytes = 0 } = (await runProbe(run, pod, ["sizes", "--path", dataPath])) as SizeReport;
  return { totalBytes: bytes, freeBytes };
}

/** The kubelet looks at each volume once a minute; it renews its lease every ten seconds, and each time its figures are read. */
async function untilReported(run: CaseRun, pod: RunningPod, claim: Claim): Promise<void> {
  const wait = waitFor(run, "statsReported", `the kubelet to report how full claim ${claim.name} is`);
  const lease = { resource: resources.leases, namespace: "kube-node-lease", name: pod.node };
  await untilObject(run.kube, lease, wait, async () => {
    const [told, truth] = [await reported(run, pod, claim), await measured(run, pod)];
    const isTrue = told?.totalBytes === truth.totalBytes && told.freeBytes === truth.freeBytes;
    if (isTrue) return { done: true, value: undefined };
    return { done: false, seen: `${words(told)}; in the pod there are ${words(truth)}` };
  });
}

async function reported(run: CaseRun, pod: RunningPod, claim: Claim): Promise<VolumeUsage | undefined> {
  const path = `${pathOf(resources.nodes, { name: pod.node, subresource: "proxy" })}/stats/summary`;
  const purpose = `read the kubelet's summary of ${pod.node}`;
  const { signal } = run;
  const summary = JSON.parse(
    await run.kube.connection.call({ method: "GET", path, purpose, signal }),
  ) as Summary;
  const volume = summary.pods
    .find(({ podRef }) => podRef.uid === pod.uid)
    ?.volume?.find(({ pvcRef }) => pvcRef?.name === claim.name);
  if (volume?.capacityBytes === undefined) return undefined;
  return { totalBytes: volume.capacityBytes, freeBytes: volume.availableBytes ?? Number.NaN };
}

function words(usage: VolumeUsage | undefined): string {
  if (usage === undefined) return "no figures";
  return `${String(usage.freeBytes)} of ${String(usage.totalBytes)} bytes free`;
}
