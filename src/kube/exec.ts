// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import type { ExecPlace, PodExecEnd } from "./pod-exec.ts";
import type { KubeClient } from "./kube-client.ts";

/** A program that ended inside a pod. */
export interface PodExecResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Runs a program in a running container, by argument vector.
 * @throws KitError `POD_EXEC` when it could not be run; an exit code other than 0 is a result.
 */
export async function execInPod(
  kube: KubeClient,
  place: ExecPlace,
  argv: readonly string[],
  signal?: AbortSignal,
): Promise<PodExecResult> {
  const end = await kube.connection.exec(place, argv, signal);
  return {
    stdout: end.stdout.toString("utf8"),
    stderr: end.stderr.toString("utf8"),
    exitCode: exitCodeOf(place, end),
  };
}

/** The exit code stands among the causes of a failed Status (`remotecommand`, reason `NonZeroExitCode`). */
function exitCodeOf(place: ExecPlace, { status }: PodExecEnd): number {
  if (status.status === "Success") return 0;
  const code = status.details?.causes?.find((cause) => cause.reason === "ExitCode")?.message;
  if (status.reason === "NonZeroExitCode" && code !== undefined) return Number(code);
  throw new KitError(
    "POD_EXEC",
    `exec in pod ${place.namespace}/${place.pod}: ${status.message ?? status.reason ?? "no reason given"}`,
  );
}
