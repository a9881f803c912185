// SPDX-License-Identifier: Apache-2.0
import type {
  ContainerStatus,
  Condition,
  Definition,
  Node,
  PersistentVolumeClaim,
  Pod,
  Workload,
} from "./objects.ts";
import type { VolumeSnapshot } from "./snapshot-objects.ts";

/** Running with condition Ready, and not being deleted. */
export function isPodReady(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined && hasCondition(pod.status?.conditions, "Ready");
}

/** A pod that will not run any more. */
export function isPodEnded(pod: Pod): boolean {
  return pod.status?.phase === "Failed" || pod.status?.phase === "Succeeded";
}

/** Where a pod is on its way to Ready, in words. */
export function describePod(pod: Pod | undefined): string {
  if (pod === undefined) return "no such pod";
  if (isPodReady(pod)) return `Ready on ${pod.spec.nodeName ?? "no node"}`;
  const { metadata, spec, status } = pod;
  const parts = [metadata.deletionTimestamp === undefined ? (status?.phase ?? "no phase") : "being deleted"];
  if (spec.nodeName !== undefined) parts.push(`on ${spec.nodeName}`);
  const containers = describeContainers(pod);
  // what the containers say themselves, these conditions only repeat
  const isRepeated = ({ reason }: Condition): boolean =>
    reason === "ContainersNotReady" && containers.length > 0;
  const unmet = (status?.conditions ?? []).filter((one) => one.status !== "True" && !isRepeated(one));
  parts.push(...unmet.map(describeCondition), ...containers);
  return parts.join(", ");
}

function describeContainers({ status }: Pod): string[] {
  const init = (status?.initContainerStatuses ?? []).filter(({ state }) => state?.terminated?.exitCode !== 0);
  return [...init, ...(status?.containerStatuses ?? [])].flatMap(describeContainer);
}

function describeContainer({ name, state, lastState }: ContainerStatus): string[] {
  const before = lastState?.terminated;
  const ended =
    before === undefined
      ? ""
      : ` (ended with exit code ${String(before.exitCode)}: ${words({ reason: before.reason })})`;
  if (state?.waiting !== undefined) return [`container ${name} waits: ${words(state.waiting)}${ended}`];
  if (state?.terminated === undefined) return [];
  return [`container ${name} ended with exit code ${String(state.terminated.exitCode)}`];
}

/** Why the scheduler could not place a pod; undefined when it did or has not tried. */
export function whyUnschedulable(pod: Pod): string | undefined {
  const scheduled = pod.status?.conditions?.find((one) => one.type === "PodScheduled");
  return scheduled?.status === "False" ? (scheduled.message ?? scheduled.reason) : undefined;
}

/** Bound to a volume. */
export function isClaimBound(claim: PersistentVolumeClaim): boolean {
  return claim.status?.phase === "Bound" && claim.spec.volumeName !== undefined;
}

/** Where a claim is on its way to Bound, in words. */
export function describeClaim(claim: PersistentVolumeClaim | undefined): string {
  if (claim === undefined) return "no such claim";
  const parts = [claim.status?.phase ?? "no phase"];
  if (claim.metadata.deletionTimestamp !== undefined) parts.push("being deleted");
  parts.push(claim.spec.volumeName === undefined ? "without a volume" : `volume ${claim.spec.volumeName}`);
  const selected = selectedNodeOf(claim);
  if (selected !== undefined) parts.push(`selected-node ${selected}`);
  return parts.join(", ");
}

/** The node the scheduler chose for the first pod of a claim of a WaitForFirstConsumer class. */
export function selectedNodeOf(claim: PersistentVolumeClaim): string | undefined {
  return claim.metadata.annotations?.["volume.kubernetes.io/selected-node"];
}

/** What is missing before a snapshot may be called ready; empty when nothing is (requirement `snap/ready`). */
export function missingOfSnapshot(snapshot: VolumeSnapshot): string[] {
  const { status } = snapshot;
  const missing: string[] = [];
  if (status?.readyToUse !== true) missing.push("readyToUse");
  if (status?.creationTime === undefined) missing.push("creationTime");
  if (status?.restoreSize === undefined) missing.push("restoreSize");
  if (status?.boundVolumeSnapshotContentName === undefined) missing.push("boundVolumeSnapshotContentName");
  return missing;
}

/** Where a snapshot is on its way to ready, in words. */
export function describeSnapshot(snapshot: VolumeSnapshot | undefined): string {
  if (snapshot === undefined) return "no such snapshot";
  const missing = missingOfSnapshot(snapshot);
  const error = snapshot.status?.error?.message;
  const state = missing.length === 0 ? "ready to use" : `without ${missing.join(", ")}`;
  return error === undefined ? state : `${state}; error: ${error}`;
}

/** Whether a Deployment, StatefulSet or DaemonSet runs its newest specification everywhere it should. */
export function isRolledOut(workload: Workload): boolean {
  const { status, metadata, spec } = workload;
  if (status === undefined || (status.observedGeneration ?? 0) < (metadata.generation ?? 0)) return false;
  if (status.desiredNumberScheduled !== undefined) {
    const wanted = status.desiredNumberScheduled;
    return status.updatedNumberScheduled === wanted && (status.numberAvailable ?? 0) === wanted;
  }
  const wanted = spec?.replicas ?? 1;
  const counts = [status.updatedReplicas, status.readyReplicas, status.replicas];
  return counts.every((count) => (count ?? 0) === wanted);
}

/** How far a rollout is, in words. */
export function describeRollout(workload: Workload | undefined): string {
  if (workload?.status === undefined) return "not seen by its controller";
  const { status, spec } = workload;
  if (status.desiredNumberScheduled !== undefined) {
    return `${String(status.numberAvailable ?? 0)} of ${String(status.desiredNumberScheduled)} pods available`;
  }
  return `${String(status.readyReplicas ?? 0)} of ${String(spec?.replicas ?? 1)} replicas ready, ${String(status.replicas ?? 0)} exist`;
}

export function isEstablished(definition: Definition): boolean {
  return hasCondition(definition.status?.conditions, "Established");
}

/** The kubelet says that it is well. */
export function isNodeReady(node: Node): boolean {
  return hasCondition(node.status?.conditions, "Ready");
}

/** When the kubelet last said how it is, milliseconds since 1970; 0 when it never did. */
export function nodeHeartbeat({ status }: Node): number {
  return Date.parse(readiness(status?.conditions)?.lastHeartbeatTime ?? "") || 0;
}

/** How a node is, in words. */
export function describeNodeReady(node: Node | undefined): string {
  const ready = readiness(node?.status?.conditions);
  if (ready === undefined) return node === undefined ? "no such node" : "without a condition Ready";
  const { status, reason = "", lastHeartbeatTime = "never" } = ready;
  return `Ready is ${status} (${reason}), last heard of ${lastHeartbeatTime}`;
}

function readiness(conditions: readonly Condition[] | undefined): Condition | undefined {
  return conditions?.find(({ type }) => type === "Ready");
}

/** Ready and open to pods without tolerations. */
export function isSchedulable(node: Node): boolean {
  const isTainted = node.spec?.taints?.some((taint) => taint.effect !== "PreferNoSchedule") ?? false;
  return !isTainted && node.spec?.unschedulable !== true && isNodeReady(node);
}

function hasCondition(conditions: readonly Condition[] | undefined, type: string): boolean {
  return conditions?.some((one) => one.type === type && one.status === "True") ?? false;
}

function describeCondition({ type, reason, message }: Condition): string {
  return `not ${type}${reason === undefined && message === undefined ? "" : `: ${words({ reason, message })}`}`;
}

function words({ reason, message }: { reason?: string | undefined; message?: string | undefined }): string {
  return [reason, message].filter((part) => part !== undefined && part !== "").join(": ");
}
