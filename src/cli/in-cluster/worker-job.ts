// SPDX-License-Identifier: Apache-2.0
import { kitProgram } from "../../driver/kit-image.ts";
import type { NewObject } from "../../kube/objects.ts";
import { exitCodes } from "../exit-codes.ts";
import { workPlaces } from "./work-order.ts";
import { labelsOf, workerAccount, type WorkerSite } from "./worker-objects.ts";

/** Which workers of the order a Job is for. */
export interface WorkerGroup {
  /** Name of the Job. */
  readonly name: string;
  /** Index in the order of its first worker. */
  readonly first: number;
  readonly count: number;
}

/** Name of the container that runs the cases. */
export const workerContainer = "kit";

/** How often a worker may be lost before its cases are given up. */
const lossesAllowed = 3;

/**
 * The Job of the workers that run beside each other, or of the one that runs alone. Each index is one part of the cases;
 * a pod that is lost is replaced, on whichever node has room, when nothing of it runs any more.
 * @param seconds after which the Job ends, whoever waits for it
 */
export function workerJob(site: WorkerSite, { name, first, count }: WorkerGroup, seconds: number): NewObject {
  const labels = labelsOf(site);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, namespace: site.namespace, labels },
    spec: {
      completionMode: "Indexed",
      completions: count,
      parallelism: count,
      backoffLimitPerIndex: lossesAllowed,
      podReplacementPolicy: "Failed",
      podFailurePolicy: { rules: failureRules },
      activeDeadlineSeconds: seconds,
      template: { metadata: { labels }, spec: workerPod(site, name, first) },
    },
  };
}

const failureRules = [
  // an order that the image cannot follow, no other pod can follow either
  {
    action: "FailJob",
    onExitCodes: { containerName: workerContainer, operator: "In", values: [exitCodes.usage] },
  },
  // a drained node is no fault of the worker's
  { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] },
];

function workerPod(site: WorkerSite, job: string, first: number): object {
  return {
    serviceAccountName: workerAccount,
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 5,
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "batch.kubernetes.io/job-name": job } },
      },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [kitContainer(site, first)],
    volumes: [
      { name: "work", emptyDir: {} },
      { name: "order", configMap: { name: "order" } },
    ],
  };
}

function kitContainer({ kitImage }: WorkerSite, first: number): object {
  return {
    name: workerContainer,
    image: kitImage,
    imagePullPolicy: "IfNotPresent",
    command: ["node", kitProgram, "work", "--first", String(first)],
    env: [
      { name: "CI", value: "1" },
      { name: "HOME", value: workPlaces.home },
      { name: "TMPDIR", value: workPlaces.home },
      { name: "XDG_CACHE_HOME", value: `${workPlaces.home}/cache` },
      { name: "XDG_STATE_HOME", value: `${workPlaces.home}/state` },
    ],
    workingDir: workPlaces.home,
    resources: { requests: { cpu: "100m", memory: "384Mi" } },
    readinessProbe: { exec: { command: ["test", "-e", workPlaces.done] }, periodSeconds: 3 },
    terminationMessagePolicy: "FallbackToLogsOnError",
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "work", mountPath: workPlaces.home },
      { name: "order", mountPath: "/etc/seaworthy", readOnly: true },
    ],
  };
}
