// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** passed; failed: the driver; error: the kit or the cluster; skipped: decided before the case ran. */
const outcome = z.enum(["passed", "failed", "error", "skipped"]);

/** One `arrange`, `act` or `assert` step of a case body. */
const stepResult = z.strictObject({
  phase: z.enum(["arrange", "act", "assert"]),
  title: z.string(),
  durationMs: z.number().nonnegative(),
  outcome: z.enum(["passed", "failed", "error"]),
});

/** Why a case did not pass. */
const caseFailure = z.strictObject({
  /** One line: what was tried, on what, what was seen. */
  message: z.string(),
  expected: z.string().optional(),
  seen: z.string().optional(),
  /** The requirement id that is not met. */
  requirement: z.string().optional(),
  /** The title of the step that did not pass. */
  step: z.string().optional(),
  stack: z.string().optional(),
});

/** A measured stretch of a volume's life, such as "claim created → provisioned". */
const phase = z.strictObject({ name: z.string(), durationMs: z.number().nonnegative() });

/** Where a pod and its disk were at one moment, by every source that has an opinion. */
const placement = z.strictObject({
  /** What the case calls the moment, such as "after the third start". */
  moment: z.string(),
  pod: z.string().optional(),
  claim: z.string(),
  volumeHandle: z.string().optional(),
  podNode: z.string().optional(),
  /** The PV's nodeAffinity, key by key; empty without one. */
  affinity: z.array(z.strictObject({ key: z.string(), values: z.array(z.string()) })),
  /** The claim's `volume.kubernetes.io/selected-node`. */
  selectedNode: z.string().optional(),
  /** The node whose back end holds the volume. */
  backEndNode: z.string().optional(),
});

/** What a volume held at one moment and what it should have held. */
const dataFinding = z.strictObject({
  moment: z.string(),
  claim: z.string(),
  found: z.string(),
  expected: z.string(),
});

/** What one case found. */
export const caseResult = z.strictObject({
  /** Path under suites/ without `.case.ts`: `placement/disk-follows-pod`. */
  id: z.string(),
  title: z.string(),
  /** Requirement ids. */
  covers: z.array(z.string()),
  features: z.array(z.string()),
  outcome,
  /** Why it was skipped. */
  reason: z.string().optional(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  steps: z.array(stepResult),
  failure: caseFailure.optional(),
  phases: z.array(phase),
  placements: z.array(placement),
  data: z.array(dataFinding),
  /** What the back end still held afterwards and did not hold before, by id. */
  leaks: z.array(z.string()),
  /** Paths of kept evidence, relative to the report. */
  evidence: z.array(z.string()),
  /** The command that runs only this case. */
  reproduce: z.string(),
});

export type Outcome = z.infer<typeof outcome>;
export type StepResult = z.infer<typeof stepResult>;
export type CaseFailure = z.infer<typeof caseFailure>;
export type Phase = z.infer<typeof phase>;
export type Placement = z.infer<typeof placement>;
export type DataFinding = z.infer<typeof dataFinding>;
export type CaseResult = z.infer<typeof caseResult>;
