// SPDX-License-Identifier: Apache-2.0
import type { Condition, Pod } from "../../kube/objects.ts";
import { workerContainer } from "./worker-job.ts";

/** How a worker's pod ended that left no report; undefined while it may still leave one. */
export function howEnded(pod: Pod): string | undefined {
  if (pod.status?.phase === "Succeeded") return "it ended before its report was taken";
  // what the kit says then, that it was interrupted, explains nothing
  if (pod.status?.phase === "Failed" && pod.metadata.deletionTimestamp !== undefined && !isDisrupted(pod))
    return "its pod was deleted";
  return pod.status?.phase === "Failed" ? whyFailed(pod.status) : undefined;
}

function isDisrupted({ status }: Pod): boolean {
  return status?.conditions?.some(isDisruption) === true;
}

/** Evicted, preempted, or on a node that is drained. */
function isDisruption({ type, status }: Condition): boolean {
  return type === "DisruptionTarget" && status === "True";
}

function whyFailed({ conditions, containerStatuses, reason }: NonNullable<Pod["status"]>): string {
  const disruption = conditions?.find(isDisruption);
  const end = containerStatuses?.find(({ name }) => name === workerContainer)?.state?.terminated;
  const words = [disruption?.message, lastWords(end?.message), end?.reason, reason, "no reason given"];
  const code = end === undefined ? "" : `exit code ${String(end.exitCode)}: `;
  return `${code}${words.find((one) => one !== undefined) ?? ""}`;
}

/** What the kit says when it ends stands behind its name. */
function lastWords(log: string | undefined): string | undefined {
  const lines = (log ?? "").split("\n").filter((line) => line.trim() !== "");
  return lines.findLast((line) => line.startsWith("seaworthy: ")) ?? lines.at(-1);
}
