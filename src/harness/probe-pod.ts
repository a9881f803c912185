// SPDX-License-Identifier: Apache-2.0
import type { VolumeMode } from "../catalogue/context/modes.ts";
import type { PodManner } from "../catalogue/context/pod-manner.ts";
import { KitError } from "../support/errors.ts";
import type { CaseRun } from "./case-run.ts";
import { CheckFailed } from "./check-failed.ts";
import type { ProbePod } from "./probe-sessions.ts";

/** Where a volume under test is mounted in every pod of the kit. */
export const dataPath = "/data";

/** Where a volume under test is when it is a block device. */
export const dataDevice = "/dev/data";

const probe = ["node", "/opt/seaworthy/probe.mjs"] as const;
export const probeContainer = "probe";

/** Errors of the file system or device under the volume, not of the probe (errno(3)); Node.js has no name for EUCLEAN, 117. */
const volumeErrors =
  /\b(EIO|EROFS|ENOSPC|ENXIO|ENODEV|EUCLEAN|EBADMSG|ESTALE|EACCES|EPERM|EREMOTEIO|Unknown system error -117)\b/;

export interface ProbePodOptions {
  readonly manner?: PodManner;
  /** What is mounted at {@link dataPath}: a claim, or the claim template of a set the pod belongs to. */
  readonly data?: { readonly claim: string; readonly mode?: VolumeMode } | { readonly template: string };
  /** More claims, mounted at `/data-1`, `/data-2`, … */
  readonly also?: readonly string[];
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Kubernetes quantity that is set aside on the node. */
  readonly cpu?: string;
  readonly affinity?: unknown;
}

/** The spec of a pod that does nothing until it is asked. */
export function probePodSpec(
  image: string,
  { data, also = [], cpu, nodeSelector, affinity }: ProbePodOptions,
): Record<string, unknown> {
  const volume = data !== undefined && "template" in data ? data.template : "data";
  const volumes =
    data !== undefined && "claim" in data
      ? [{ name: volume, persistentVolumeClaim: { claimName: data.claim } }]
      : [];
  const isBlock = data !== undefined && "claim" in data && data.mode === "Block";
  const more = also.map((claim, n) => ({ claim, name: `data-${String(n + 1)}` }));
  return {
    // Deletion by grace period 0 would not wait for the volume to be unmounted.
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector,
    affinity,
    volumes: [
      ...volumes,
      ...more.map(({ claim, name }) => ({ name, persistentVolumeClaim: { claimName: claim } })),
    ],
    containers: [
      {
        name: probeContainer,
        image,
        imagePullPolicy: "IfNotPresent",
        command: [...probe, "hold"],
        volumeMounts: [
          ...(data === undefined || isBlock ? [] : [{ name: volume, mountPath: dataPath }]),
          ...more.map(({ name }) => ({ name, mountPath: `/${name}` })),
        ],
        ...(isBlock ? { volumeDevices: [{ name: volume, devicePath: dataDevice }] } : {}),
        resources: { requests: cpu === undefined ? {} : { cpu } },
      },
    ],
  };
}

/** What waits in a pod for commands. */
export const servingProbe: readonly string[] = [...probe, "serve"];

/**
 * Has the probe of a pod do something and returns what it found.
 * @throws CheckFailed when the volume refuses; KitError `PROBE_FAILED` when the probe itself fails
 */
export async function runProbe(run: CaseRun, pod: ProbePod, argv: readonly string[]): Promise<unknown> {
  const outcome = await run.probes.ask(pod, argv);
  if ("result" in outcome) return outcome.result;
  const [reason = ""] = outcome.error.split("\n");
  if (volumeErrors.test(reason))
    throw new CheckFailed(`The volume of pod ${pod.name} can be used (${argv[0] ?? ""})`, "no error", reason);
  throw new KitError("PROBE_FAILED", `${argv[0] ?? ""} in pod ${pod.name}: ${reason}`, {
    details: { stack: outcome.error.slice(-2000) },
  });
}
