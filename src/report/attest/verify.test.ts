// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect, test } from "vitest";
import { writeJson } from "../json.ts";
import type { ConformanceReport } from "../model.ts";
import { sampleReport } from "../report.test-data.ts";
import { troubledCases } from "../troubled-cases.test-data.ts";
import { openEnvelope, sealStatement } from "./envelope.ts";
import { readSigningKey, readVerifyingKey } from "./keys.ts";
import { type AttestedFile, buildStatement } from "./statement.ts";
import { type FoundFolder, verifyReport } from "./verify.ts";

const ed25519 = generateKeyPairSync("ed25519");
const p256 = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

function hashed(path: string, text: string): AttestedFile {
  return { path, sha256: createHash("sha256").update(text).digest("hex") };
}

function folderOf(report: ConformanceReport, key?: KeyObject): FoundFolder {
  const text = writeJson(report);
  const evidence = report.cases.flatMap((one) => one.evidence.map((path) => hashed(path, path)));
  const files = [hashed("report.json", text), hashed("report.html", "page"), ...evidence];
  return { report: text, attestation: sealStatement(buildStatement(report, files), key), files };
}

const troubled = sampleReport({ cases: troubledCases() });

test.each([
  ["Ed25519", ed25519],
  ["ECDSA P-256", p256],
])("a report signed with %s is whole, and no other key fits", (_name, { privateKey, publicKey }) => {
  const found = folderOf(troubled, privateKey);
  expect(verifyReport(found, { key: publicKey })).toMatchObject({
    problems: [],
    signature: { state: "valid" },
  });
  expect(verifyReport(found)).toMatchObject({ problems: [], signature: { state: "unchecked" } });
  for (const other of [
    generateKeyPairSync("ed25519"),
    generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
  ])
    expect(verifyReport(found, { key: other.publicKey }).problems).toEqual([
      "report.intoto.json carries no signature of the given key: it was changed, or signed by someone else",
    ]);
});

test("an unsigned report is whole, says that it is unsigned, and does not pass for a signed one", () => {
  const found = folderOf(troubled);
  expect(verifyReport(found)).toMatchObject({ problems: [], signature: { state: "unsigned" } });
  expect(verifyReport(found, { key: p256.publicKey }).problems).toEqual([
    "report.intoto.json is not signed, and a key was given to check a signature with",
  ]);
});

test("what was attested cannot be replaced under the same signature", () => {
  const found = folderOf(troubled, ed25519.privateKey);
  const { envelope } = openEnvelope(found.attestation ?? "");
  const passed = openEnvelope(folderOf(sampleReport()).attestation ?? "");
  const forged = JSON.stringify({ ...envelope, payload: passed.envelope.payload });
  const { problems } = verifyReport({ ...found, attestation: forged }, { key: ed25519.publicKey });
  expect(problems[0]).toMatch(/carries no signature of the given key/);
  expect(problems.join("\n")).toMatch(/report\.json was changed/);
  expect(problems.join("\n")).toMatch(/does not agree with report\.json about: result/);
});

test.each<[string, (found: FoundFolder) => FoundFolder, RegExp]>([
  [
    "a changed file",
    (found) => ({
      ...found,
      files: found.files.map((one) => (one.path === "report.html" ? hashed(one.path, "pagf") : one)),
    }),
    /^report\.html was changed after it was written: its SHA-256 is [0-9a-f]{16}…, it was [0-9a-f]{16}…$/,
  ],
  [
    "a missing file",
    (found) => ({ ...found, files: found.files.filter(({ path }) => path !== "report.html") }),
    /^report\.html is missing: the attestation names it$/,
  ],
  [
    "an extra file",
    (found) => ({ ...found, files: [...found.files, hashed("evidence/x.log", "")] }),
    /^evidence\/x\.log does not belong to the report: the attestation does not name it$/,
  ],
  ["no attestation", (found) => ({ ...found, attestation: undefined }), /^report\.intoto\.json is missing: /],
  [
    "a truncated attestation",
    (found) => ({ ...found, attestation: found.attestation?.slice(0, 300) }),
    /^report\.intoto\.json: not a DSSE envelope around an in-toto test result: /,
  ],
  ["no report", (found) => ({ ...found, report: undefined }), /^report\.json is missing$/],
  [
    "a truncated report",
    (found) => ({ ...found, report: found.report?.slice(0, 300) }),
    /^read report\.json: .*JSON/,
  ],
])("%s is named", (_what, damage, message) => {
  expect(verifyReport(damage(folderOf(troubled))).problems).toContainEqual(expect.stringMatching(message));
});

/** Someone who changes a report and seals it anew, hashes and all. */
function resealed(change: (report: ConformanceReport) => ConformanceReport): FoundFolder {
  return folderOf(change(troubled));
}

test.each<[string, FoundFolder, RegExp]>([
  [
    "a verdict that the results do not give",
    resealed((report) => ({ ...report, verdict: { ...report.verdict, outcome: "passed" } })),
    /^report\.json says "passed", its results say "incomplete": No claim/,
  ],
  [
    "a sentence that the results do not give",
    resealed((report) => ({ ...report, verdict: { ...report.verdict, sentence: "All is well." } })),
    /^report\.json: the verdict reads "All is well\."/,
  ],
  [
    "a feature's verdict that the results do not give",
    resealed((report) => ({
      ...report,
      features: report.features.map((row) => ({ ...row, verdict: "passed" })),
    })),
    /^report\.json: the row of feature \S+ does not follow from the results$/,
  ],
  [
    "a case twice",
    resealed((report) => ({ ...report, cases: [...report.cases, ...report.cases.slice(0, 1)] })),
    /^report\.json: case \S+ is in it twice$/,
  ],
])("%s is found though every hash fits", (_what, found, message) => {
  expect(verifyReport(found).problems).toContainEqual(expect.stringMatching(message));
});

test("evidence that a case names must be there", () => {
  const found = folderOf(troubled);
  const files = found.files.filter(({ path }) => !path.startsWith("evidence/"));
  const attestation = sealStatement(buildStatement(troubled, files));
  expect(verifyReport({ ...found, files, attestation }).problems).toContainEqual(
    expect.stringMatching(
      /^evidence\/\S+ is missing: case placement\/disk-follows-pod names it as evidence$/,
    ),
  );
});

test("the statement names what was tested, with what, and what came of it", () => {
  const files = [hashed("report.json", ""), hashed("kill-matrix.json", "")];
  const { subject, predicate } = buildStatement(sampleReport(), files);
  expect(subject.map(({ name }) => name)).toEqual([
    "report.json",
    "kill-matrix.json",
    "seaworthy.dev/reference-driver:0.1.0",
  ]);
  expect(predicate.configuration.map(({ name }) => name)).toEqual([
    "seaworthy",
    "catalogue",
    "kill-matrix.json",
  ]);
  expect(predicate.result).toBe("PASSED");
  expect(buildStatement(troubled, files).predicate).toMatchObject({
    result: "FAILED",
    "https://seaworthy.dev/verdict": "incomplete",
  });
});

test.each([
  ["RSA", generateKeyPairSync("rsa", { modulusLength: 2048 })],
  ["P-384", generateKeyPairSync("ec", { namedCurve: "secp384r1" })],
])("a key of type %s is refused, saying which to use", (_name, { privateKey }) => {
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  for (const read of [readSigningKey, readVerifyingKey])
    expect(() => read(pem, "k.pem")).toThrow(
      expect.objectContaining({
        code: "KEY_INVALID",
        kind: "usage",
        hint: expect.stringContaining("Ed25519") as string,
      }),
    );
});

test("what is no key is refused in one line", () => {
  expect(() => readSigningKey("hello", "k.pem")).toThrow(
    /^read k\.pem: not an unencrypted private key in PEM: /,
  );
});
