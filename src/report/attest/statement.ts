// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import type { ConformanceReport, ImageRef } from "../model.ts";

/** A file beside the report, by its path relative to it. */
export interface AttestedFile {
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** in-toto's ResourceDescriptor, as far as it is used here. */
const resource = z.object({
  name: z.string(),
  uri: z.string().optional(),
  digest: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** in-toto Statement v1 with a test-result predicate v0.1; unknown fields are ignored, as both specifications ask. */
export const testResultStatement = z.object({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z.array(resource.required({ digest: true })),
  predicateType: z.literal("https://in-toto.io/attestation/test-result/v0.1"),
  predicate: z.object({
    result: z.enum(["PASSED", "WARNED", "FAILED"]),
    configuration: z.array(resource),
    passedTests: z.array(z.string()),
    failedTests: z.array(z.string()),
    /** The kit's own four-valued verdict: an extension field, named by a URI as in-toto asks. */
    "https://seaworthy.dev/verdict": z.string(),
  }),
});

export type TestResultStatement = z.infer<typeof testResultStatement>;
type Resource = z.infer<typeof resource>;

/** Name of the kill matrix beside a report. */
export const killMatrixFile = "kill-matrix.json";

/**
 * Says which files belong to a report, what was tested with what, and what came of it. A policy that knows only in-toto's
 * three results sees PASSED for a certification and FAILED for anything less.
 */
export function buildStatement(
  report: ConformanceReport,
  files: readonly AttestedFile[],
): TestResultStatement {
  const { cases, driver, kit, verdict } = report;
  const named = (outcomes: readonly string[]): string[] =>
    cases.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: [
      ...files.map(({ path, sha256 }) => ({
        name: path,
        digest: { sha256 },
        annotations: { "seaworthy.dev/role": "report-file" },
      })),
      ...driver.images.flatMap(imageSubject),
    ],
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      result: verdict.outcome === "passed" ? "PASSED" : "FAILED",
      configuration: [
        kitResource(kit),
        { name: "catalogue", digest: { sha256: kit.catalogueHash } },
        ...files
          .filter(({ path }) => path === killMatrixFile)
          .map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
      ],
      passedTests: named(["passed"]),
      failedTests: named(["failed", "error"]),
      "https://seaworthy.dev/verdict": verdict.outcome,
    },
  };
}

/** An image of which no digest is known cannot be a subject. */
function imageSubject({ name, digest }: ImageRef): TestResultStatement["subject"] {
  const sha256 = digest?.replace(/^sha256:/, "");
  if (sha256 === undefined) return [];
  return [{ name, digest: { sha256 }, annotations: { "seaworthy.dev/role": "driver-image" } }];
}

/** Files of the report that a statement names. */
export function attestedFiles({ subject }: TestResultStatement): AttestedFile[] {
  return subject
    .filter(({ annotations }) => annotations?.["seaworthy.dev/role"] === "report-file")
    .map(({ name, digest }) => ({ path: name, sha256: digest["sha256"] ?? "" }));
}

function kitResource({ version, commit }: ConformanceReport["kit"]): Resource {
  const uri = `pkg:npm/seaworthy@${version}`;
  return /^[0-9a-f]{40}$/.test(commit)
    ? { name: "seaworthy", uri, digest: { gitCommit: commit } }
    : { name: "seaworthy", uri };
}
