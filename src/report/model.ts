// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { caseResult } from "./case-result.ts";

export const reportApiVersion = "seaworthy.dev/v1";
export const reportKind = "ConformanceReport";

/** One row of the table that sets what the profile claims beside what the driver announces and what was executed. */
const featureRow = z.strictObject({
  /** A name of the closed vocabulary in src/catalogue/features.ts. */
  feature: z.string(),
  /** The driver profile lists it. */
  claimed: z.boolean(),
  /** The driver says so over gRPC; null when CSI has no way to say it. */
  announced: z.boolean().nullable(),
  /** Cases about this feature that came to a conclusion: passed or failed. */
  executed: z.int().nonnegative(),
  /**
   * `unproven`: claimed, and no case came to a conclusion. In a run of a part of the catalogue that blames nobody:
   * `outside`: no case of the part is about it; `skipped`: those that are did not apply. `unclaimed`: not promised, so not judged.
   */
  verdict: z.enum(["passed", "failed", "incomplete", "unproven", "outside", "skipped", "unclaimed"]),
});

/** An image as it ran; without a digest when none could be read. */
const imageRef = z.strictObject({ name: z.string(), digest: z.string().optional() });

/** A volume group the kit gave a node. */
const poolInfo = z.strictObject({ class: z.string(), bytes: z.number().nonnegative() });

/** A node and where the cluster shape put it. */
const nodeInfo = z.strictObject({
  name: z.string(),
  controlPlane: z.boolean(),
  region: z.string().optional(),
  zone: z.string().optional(),
  rack: z.string().optional(),
  pools: z.array(poolInfo),
});

/** Who checked: the kit and the cases it knew. */
const kitInfo = z.strictObject({
  version: z.string(),
  /** Git commit, or `unknown` when the kit runs from an installed package. */
  commit: z.string(),
  /** SHA-256 over the sources of all cases. */
  catalogueHash: z.string(),
});

/** What was checked. */
const driverInfo = z.strictObject({
  /** The CSI driver name. */
  name: z.string(),
  /** The version the vendor gives this release. */
  vendorVersion: z.string(),
  organization: z.string(),
  url: z.string(),
  images: z.array(imageRef),
});

/** Where it was checked. */
const environmentInfo = z.strictObject({
  kubernetes: z.string(),
  kernel: z.string(),
  cgroupVersion: z.enum(["v1", "v2", "unknown"]),
  provider: z.enum(["kind", "existing"]),
  /** The name of the cluster shape. */
  shape: z.string(),
  /** Where node and sidecar images came from. */
  images: z.enum(["pulled", "built", "unknown"]),
  /** How the pools' volumes become block devices. */
  activation: z.enum(["device-mapper", "loop-mapping", "unknown"]),
  sidecarImages: z.array(imageRef),
});

/** A part of the run that ran apart from the others. */
const shardRun = z.strictObject({
  /** From 1. */
  index: z.int().positive(),
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** Pods of `certify --in-cluster` that began this part and were lost: it was begun anew, and its results are the last one's. */
  lost: z.array(z.string()).min(1).optional(),
  /** SHA-256 of the shard's own report.json, once it is merged with others; hexadecimal. */
  reportSha256: z.string().optional(),
});

/** How a run was split. One shard is a partial run; a merged report of fewer than all is incomplete. */
const shardsInfo = z.strictObject({
  of: z.int().positive(),
  /** Cases of all shards together. */
  planned: z.int().positive(),
  ran: z.array(shardRun).min(1),
});

/** When the run took place and how much of the catalogue was asked for. */
const runInfo = z.strictObject({
  startedAt: z.iso.datetime(),
  durationMs: z.number().nonnegative(),
  /** The command that repeats the run. */
  reproduce: z.string(),
  /** Present when only a part of the catalogue was asked for; such a run certifies nothing. */
  selection: z.strictObject({ cases: z.array(z.string()), features: z.array(z.string()) }).optional(),
  shards: shardsInfo.optional(),
});

/** The roll-up of all results; recomputed from them by `judge`, never set by hand. */
const verdict = z.strictObject({
  /** `partial`: all that was asked for passed, but not everything was asked for. `incomplete`: no claim at all. */
  outcome: z.enum(["passed", "partial", "failed", "incomplete"]),
  sentence: z.string(),
});

/** Everything one run of the kit found. All written forms are derived from it. */
export const conformanceReport = z.strictObject({
  apiVersion: z.literal(reportApiVersion),
  kind: z.literal(reportKind),
  kit: kitInfo,
  driver: driverInfo,
  environment: environmentInfo,
  run: runInfo,
  nodes: z.array(nodeInfo),
  features: z.array(featureRow),
  cases: z.array(caseResult),
  verdict,
});

export type FeatureRow = z.infer<typeof featureRow>;
export type RunInfo = z.infer<typeof runInfo>;
export type FeatureVerdict = FeatureRow["verdict"];
export type ImageRef = z.infer<typeof imageRef>;
export type NodeInfo = z.infer<typeof nodeInfo>;
export type Verdict = z.infer<typeof verdict>;
export type ConformanceReport = z.infer<typeof conformanceReport>;
export type {
  CaseFailure,
  CaseResult,
  DataFinding,
  Outcome,
  Phase,
  Placement,
  StepResult,
} from "./case-result.ts";
