// SPDX-License-Identifier: Apache-2.0
import type { CaseMeta } from "../catalogue/case.ts";
import type { NodeView } from "../catalogue/context/nodes.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { caseLabel, driverLabel, runLabel } from "../kube/labels.ts";
import type { Lookout } from "../kube/lookout.ts";
import { resources } from "../kube/resources.ts";
import { waitTimeout, type Wait } from "../kube/watch.ts";
import type { DataFinding, Phase, Placement } from "../report/case-result.ts";
import { KitError, isKitError } from "../support/errors.ts";
import type { Lister } from "./back-end-lister.ts";
import { CleanupStack } from "./cleanup.ts";
import { probeContainer, servingProbe } from "./probe-pod.ts";
import { ProbeSessions } from "./probe-sessions.ts";
import type { RunSettings } from "./settings.ts";
import type { NodeMount } from "./mount-points.ts";
import { StepRecorder } from "./steps.ts";
import type { TimeoutName } from "./timeouts.ts";

/** What the grants of one case share: who it is, what it talks to, what it has found. */
export interface CaseRun {
  readonly id: string;
  /** Short hash of the id: part of names and labels. */
  readonly hash: string;
  readonly meta: CaseMeta;
  readonly settings: RunSettings;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly kube: KubeClient;
  readonly cluster: RunningCluster;
  readonly workers: readonly NodeView[];
  /** Undefined when neither the profile names a command or sockets, or the cluster offers no way to get there. */
  readonly backEnd: Lister | undefined;
  /** Undefined where no program can be run on nodes. */
  readonly mounts: (() => Promise<readonly NodeMount[]>) | undefined;
  readonly signal: AbortSignal;
  /** Knows whether the API server was there all the time. */
  readonly lookout: Pick<Lookout, "silenceSince">;
  readonly steps: StepRecorder;
  readonly cleanup: CleanupStack;
  readonly probes: ProbeSessions;
  readonly placements: Placement[];
  readonly data: DataFinding[];
  readonly phases: Phase[];
}

/** The parts that differ from case to case. */
export type CaseRunParts = Omit<
  CaseRun,
  "namespace" | "labels" | "steps" | "cleanup" | "probes" | "placements" | "data" | "phases"
>;

export function beginCaseRun(parts: CaseRunParts): CaseRun {
  const namespace = `sw-${parts.settings.runId}-${parts.hash}`;
  const { connection } = parts.kube;
  return {
    ...parts,
    namespace,
    probes: new ProbeSessions(connection, (pod) => ({
      place: { namespace, pod, container: probeContainer },
      argv: servingProbe,
      signal: parts.signal,
    })),
    labels: {
      [runLabel]: parts.settings.runId,
      [driverLabel]: parts.settings.driver.name,
      [caseLabel]: parts.hash,
    },
    steps: new StepRecorder(),
    cleanup: new CleanupStack(),
    placements: [],
    data: [],
    phases: [],
  };
}

/** A wait by its name in the table of time-outs. */
export function waitFor(run: CaseRun, named: TimeoutName, what: string): Wait {
  return { what, named, timeout: run.settings.timeouts[named], signal: run.signal };
}

/** Adds to a time-out the last warning event about an object: it is often the driver's own words. */
export async function explained<T>(run: CaseRun, names: readonly string[], waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (thrown) {
    if (!isKitError(thrown) || thrown.code !== waitTimeout) throw thrown;
    const { items } = await run.kube.list(resources.events, { namespace: run.namespace });
    const warnings = items.filter(
      (event) => event.type === "Warning" && names.includes(event.involvedObject.name ?? ""),
    );
    const last = warnings.sort((a, b) => (a.lastTimestamp ?? "").localeCompare(b.lastTimestamp ?? "")).at(-1);
    if (last === undefined || thrown.message.includes(last.message ?? "")) throw thrown;
    const words = `${last.reason ?? "warning"}: ${last.message ?? ""}`;
    throw new KitError(waitTimeout, `${thrown.message}; last warning: ${words}`, {
      cause: thrown,
      details: { ...thrown.details, seen: `${String(thrown.details["seen"])}; ${words}` },
    });
  }
}
