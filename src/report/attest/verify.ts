// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { toError } from "../../support/errors.ts";
import { buildReport } from "../build-report.ts";
import { parseReport } from "../json.ts";
import type { ConformanceReport } from "../model.ts";
import { type BundleJudge, checkBundle, type KeylessSignature } from "./bundle.ts";
import { attestationFile, type Envelope, isSignedBy, openEnvelope } from "./envelope.ts";
import { keyId } from "./keys.ts";
import { type AttestedFile, attestedFiles, buildStatement, type TestResultStatement } from "./statement.ts";

/** Name of the report itself, of which all other forms are made. */
export const reportFile = "report.json";

/** A report folder as it was found. */
export interface FoundFolder {
  /** Text of report.json; undefined when there is none. */
  readonly report: string | undefined;
  /** Text of the attestation; undefined when there is none. */
  readonly attestation: string | undefined;
  /** Text of the Sigstore bundle; undefined when there is none. */
  readonly bundle?: string | undefined;
  /** Every other file that may belong to the report, itself included. */
  readonly files: readonly AttestedFile[];
}

/** Who must have signed a report, for whoever asks for that. */
export interface Trust {
  readonly key?: KeyObject;
  readonly judgeBundle?: BundleJudge;
}

/** What a signature says about who made the report. */
export type Signature =
  | { readonly state: "valid"; readonly keyId: string }
  /** Signed, and no key was given to check it with. */
  | { readonly state: "unchecked"; readonly keyIds: readonly string[] }
  /** Hashes alone: they show damage, and not who wrote them. */
  | { readonly state: "unsigned" }
  | { readonly state: "invalid" };

export interface Verification {
  /** One sentence each; empty when the report is what it was when it was written. */
  readonly problems: readonly string[];
  readonly signature: Signature;
  readonly keyless: KeylessSignature;
  /** Undefined when it cannot be read. */
  readonly report: ConformanceReport | undefined;
}

/** Checks every hash and the signatures, and judges the results again. Never throws: what is wrong is the result. */
export function verifyReport(found: FoundFolder, { key, judgeBundle }: Trust = {}): Verification {
  const problems: string[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (thrown) {
      problems.push(toError(thrown).message);
      return undefined;
    }
  };
  const { attestation, report: text } = found;
  if (attestation === undefined)
    problems.push(`${attestationFile} is missing: nothing says what the files were when they were written`);
  const opened = attestation === undefined ? undefined : attempt(() => openEnvelope(attestation));
  if (text === undefined) problems.push(`${reportFile} is missing`);
  const report = text === undefined ? undefined : attempt(() => parseReport(text, reportFile));
  const signature = judgeSignature(opened?.envelope, key);
  problems.push(...explainSignature(signature, key));
  const bundle = checkBundle(found.bundle, opened?.envelope.payload, judgeBundle);
  problems.push(...bundle.problems);
  if (opened !== undefined) problems.push(...compareFiles(attestedFiles(opened.statement), found.files));
  if (report !== undefined) problems.push(...checkReport(report, found.files));
  if (report !== undefined && opened !== undefined)
    problems.push(...compareStatement(opened.statement, report));
  return { problems, signature, keyless: bundle.keyless, report };
}

function judgeSignature(envelope: Envelope | undefined, key: KeyObject | undefined): Signature {
  const keyIds = envelope?.signatures.map(({ keyid }) => keyid) ?? [];
  if (envelope === undefined || keyIds.length === 0) return { state: "unsigned" };
  if (key === undefined) return { state: "unchecked", keyIds };
  return isSignedBy(envelope, key) ? { state: "valid", keyId: keyId(key) } : { state: "invalid" };
}

function explainSignature({ state }: Signature, key: KeyObject | undefined): string[] {
  if (state === "invalid")
    return [
      `${attestationFile} carries no signature of the given key: it was changed, or signed by someone else`,
    ];
  if (state === "unsigned" && key !== undefined)
    return [`${attestationFile} is not signed, and a key was given to check a signature with`];
  return [];
}

function compareFiles(attested: readonly AttestedFile[], found: readonly AttestedFile[]): string[] {
  const hashes = new Map(found.map(({ path, sha256 }) => [path, sha256]));
  const names = new Set(attested.map(({ path }) => path));
  const changed = attested.flatMap(({ path, sha256 }) => {
    const now = hashes.get(path);
    if (now === undefined) return [`${path} is missing: the attestation names it`];
    if (now === sha256) return [];
    return [
      `${path} was changed after it was written: its SHA-256 is ${short(now)}, it was ${short(sha256)}`,
    ];
  });
  const extra = found
    .filter(({ path }) => !names.has(path))
    .map(({ path }) => `${path} does not belong to the report: the attestation does not name it`);
  return [...changed, ...extra];
}

function short(sha256: string): string {
  return `${sha256.slice(0, 16)}…`;
}

/** The roll-up must follow from the results, and what a case points at must be there. */
function checkReport(report: ConformanceReport, files: readonly AttestedFile[]): string[] {
  const problems: string[] = [];
  const again = buildReport({ ...report, promises: report.features });
  if (report.verdict.outcome !== again.verdict.outcome)
    problems.push(
      `${reportFile} says "${report.verdict.outcome}", its results say "${again.verdict.outcome}": ${again.verdict.sentence}`,
    );
  else if (report.verdict.sentence !== again.verdict.sentence)
    problems.push(
      `${reportFile}: the verdict reads "${report.verdict.sentence}", the results give "${again.verdict.sentence}"`,
    );
  for (const [index, row] of report.features.entries()) {
    if (!isDeepStrictEqual(row, again.features[index]))
      problems.push(`${reportFile}: the row of feature ${row.feature} does not follow from the results`);
  }
  const ids = report.cases.map(({ id }) => id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    problems.push(`${reportFile}: case ${id} is in it twice`);
  const paths = new Set(files.map(({ path }) => path));
  for (const { id, evidence } of report.cases)
    for (const path of evidence)
      if (!paths.has(path)) problems.push(`${path} is missing: case ${id} names it as evidence`);
  return [...new Set(problems)];
}

/** What the statement says of the report beside the hashes. */
function compareStatement(statement: TestResultStatement, report: ConformanceReport): string[] {
  const expected = buildStatement(report, attestedFiles(statement));
  const images = ({ subject }: TestResultStatement): unknown =>
    subject.filter(({ annotations }) => annotations?.["seaworthy.dev/role"] === "driver-image");
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ["result", statement.predicate.result, expected.predicate.result],
    ["passed cases", statement.predicate.passedTests, expected.predicate.passedTests],
    ["failed cases", statement.predicate.failedTests, expected.predicate.failedTests],
    ["kit and catalogue", statement.predicate.configuration, expected.predicate.configuration],
    ["driver images", images(statement), images(expected)],
  ];
  return parts
    .filter(([, said, is]) => !isDeepStrictEqual(said, is))
    .map(([what]) => `${attestationFile} does not agree with ${reportFile} about: ${what}`);
}
