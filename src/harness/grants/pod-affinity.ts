// SPDX-License-Identifier: Apache-2.0
import type { PodSpec } from "../../catalogue/context/pods.ts";
import type { CreatedPod } from "../../catalogue/context/waiting.ts";
import { podLabel } from "../../kube/labels.ts";
import type { CaseRun } from "../case-run.ts";
import { grantNodes } from "./nodes.ts";

/** The affinity of a pod's spec that its wishes come to. */
export function affinityOf(
  run: CaseRun,
  { apartFrom, prefers, among }: { [Wish in "apartFrom" | "prefers" | "among"]: PodSpec[Wish] | undefined },
): object {
  return {
    ...(apartFrom === undefined ? {} : apart(apartFrom)),
    ...(prefers === undefined ? {} : prefer(hostnameOf(run, prefers))),
    ...(among === undefined ? {} : insist(run, among)),
  };
}

/** The selector that only one node meets. */
export function hostnameOf(run: CaseRun, name: string): Record<string, string> {
  const label = "kubernetes.io/hostname";
  return { [label]: grantNodes(run).named(name).labels[label] ?? name };
}

function prefer(labels: Readonly<Record<string, string>>): object {
  const matchExpressions = Object.entries(labels).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value],
  }));
  const preferred = { weight: 100, preference: { matchExpressions } };
  return { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [preferred] } };
}

function insist(run: CaseRun, nodes: readonly string[]): object {
  const key = "kubernetes.io/hostname";
  const values = nodes.map((name) => hostnameOf(run, name)[key] ?? name);
  const matchExpressions = [{ key, operator: "In", values }];
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    },
  };
}

function apart(pods: readonly CreatedPod[]): object {
  const terms = pods.map(({ name }) => ({
    labelSelector: { matchLabels: { [podLabel]: name } },
    topologyKey: "kubernetes.io/hostname",
  }));
  return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } };
}
