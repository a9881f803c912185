// SPDX-License-Identifier: Apache-2.0
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readBundlePayload } from "../report/attest/bundle.ts";
import { verifyReport } from "../report/attest/verify.ts";
import { sampleReport } from "../report/report.test-data.ts";
import { readReportFolder } from "./report-folder.ts";
import { simulateSigstore, workflow } from "./sigstore.test-data.ts";
import { asWorkflow, SignedReport } from "./signed-report.test-data.ts";
import { readTrust, type TrustOptions } from "./trust.ts";
import { writeReportFiles } from "./write-report-files.ts";

let signed: SignedReport;

beforeAll(async () => {
  signed = await SignedReport.make();
}, 120_000);

beforeEach(() => signed.restore());

afterAll(() => signed.remove());

test.each<[string, TrustOptions]>([
  ["its identity and issuer", asWorkflow],
  ["its repository", { githubRepository: workflow.repository }],
  ["all of them", { ...asWorkflow, githubRepository: workflow.repository }],
])("what a workflow signed holds by %s", async (_what, options) => {
  expect(await signed.verify(options)).toMatchObject({
    problems: [],
    keyless: { state: "valid", identity: workflow.sub, issuer: workflow.iss },
  });
});

test.each<[string, TrustOptions, RegExp]>([
  [
    "another subject",
    { ...asWorkflow, certificateIdentity: `${workflow.sub}x` },
    /it was signed by https:\S+main, expected was https:\S+mainx$/,
  ],
  [
    "a part of the subject, or a pattern that it fits",
    { ...asWorkflow, certificateIdentity: "https://github.com/acme/.*" },
    /it was signed by /,
  ],
  [
    "another issuer",
    { ...asWorkflow, certificateOidcIssuer: "https://gitlab.com" },
    /vouched for by https:\/\/token\.actions\.githubusercontent\.com, expected was https:\/\/gitlab\.com$/,
  ],
  ["another repository", { githubRepository: "acme/csi-drive" }, /did not run in https:\S+acme\/csi-drive$/],
])("%s is refused", async (_what, options, message) => {
  const { problems, keyless } = await signed.verify(options);
  expect(keyless.state).toBe("invalid");
  expect(problems).toEqual([expect.stringMatching(message)]);
});

test("the trusted root of another Sigstore does not do", async () => {
  await using other = await simulateSigstore();
  const foreign = join(signed.folder, "foreign.json");
  await writeFile(foreign, other.trustedRoot());
  const { problems } = await signed.verify({ ...asWorkflow, trustedRoot: foreign });
  expect(problems).toEqual([expect.stringMatching(/does not hold: .*certificate chain/)]);
});

test("a trusted root that had expired when the report was signed does not do", async () => {
  const expired = join(signed.folder, "expired.json");
  await writeFile(expired, signed.sigstore.trustedRoot(new Date(Date.now() - 3_600_000)));
  const { problems } = await signed.verify({ ...asWorkflow, trustedRoot: expired });
  expect(problems).toEqual([expect.stringMatching(/does not hold: .*certificate chain/)]);
});

test.each([
  ["the signature", (json: Bundle) => json.dsseEnvelope.signatures[0], "sig", /signature mismatch/],
  ["the certificate", (json: Bundle) => json.verificationMaterial.certificate, "rawBytes", /certificate/],
  [
    "the log's entry",
    (json: Bundle) => json.verificationMaterial.tlogEntries[0],
    "canonicalizedBody",
    /inclusion/,
  ],
  [
    "the log's promise",
    (json: Bundle) => json.verificationMaterial.tlogEntries[0]?.["inclusionPromise"] as Holder,
    "signedEntryTimestamp",
    /inclusion promise/,
  ],
])("a changed byte of %s is found", async (_what, holderOf, field, why) => {
  const json = JSON.parse(signed.bundle) as Bundle;
  const holder = holderOf(json);
  const bytes = Buffer.from(String(holder?.[field]), "base64");
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  if (holder !== undefined) holder[field] = bytes.toString("base64");
  await writeFile(signed.bundleFile, JSON.stringify(json));
  expect((await signed.verify(asWorkflow)).keyless).toEqual({
    state: "invalid",
    why: expect.stringMatching(why) as string,
  });
});

type Holder = Record<string, unknown>;
interface Bundle {
  readonly dsseEnvelope: { payload: string; readonly signatures: Holder[] };
  readonly verificationMaterial: { readonly certificate: Holder; readonly tlogEntries: Holder[] };
}

test("a changed byte of the statement is found, in either file", async () => {
  const json = JSON.parse(signed.bundle) as Bundle;
  const statement = Buffer.from(readBundlePayload(signed.bundle), "base64").toString("utf8");
  json.dsseEnvelope.payload = Buffer.from(statement.replace("PASSED", "FAILED")).toString("base64");
  await writeFile(signed.bundleFile, JSON.stringify(json));
  const { problems } = await signed.verify(asWorkflow);
  expect(problems).toContainEqual(expect.stringMatching(/^report\.sigstore\.json does not hold: /));
  expect(problems).toContainEqual("report.sigstore.json is about another statement than report.intoto.json");
});

test("another report's signature is found without a trusted root", async () => {
  const other = join(signed.folder, "other");
  await mkdir(other);
  await writeReportFiles(sampleReport({ cases: [] }), other);
  await writeFile(join(other, "report.sigstore.json"), signed.bundle);
  expect(verifyReport(await readReportFolder(other))).toMatchObject({
    problems: ["report.sigstore.json is about another statement than report.intoto.json"],
    keyless: { state: "unchecked" },
  });
});

test("a report without a bundle does not pass for a signed one", async () => {
  await rm(signed.bundleFile);
  expect((await signed.verify(asWorkflow)).problems).toEqual([
    "report.sigstore.json is missing: a signer was expected",
  ]);
});

test.each([
  ["nothing", "", /not a Sigstore bundle/],
  ["half a bundle", undefined, /not a Sigstore bundle/],
  ["something else", '{"dsseEnvelope":{}}', /not a Sigstore bundle/],
])("%s in place of the bundle is named", async (_what, text, message) => {
  await writeFile(signed.bundleFile, text ?? signed.bundle.slice(0, 700));
  const { problems } = await signed.verify(asWorkflow);
  expect(problems).toContainEqual(expect.stringMatching(message));
  expect(problems).toContainEqual(expect.stringMatching(/does not hold/));
});
test.each<[string, TrustOptions, string]>([
  ["an identity without its issuer", { certificateIdentity: "x" }, "TRUST_INCOMPLETE"],
  ["an issuer without an identity", { certificateOidcIssuer: "x" }, "TRUST_INCOMPLETE"],
  ["a repository that is none", { githubRepository: "https://github.com/a/b" }, "TRUST_INCOMPLETE"],
  ["a root that is not there", { ...asWorkflow, trustedRoot: "/nowhere" }, "TRUSTED_ROOT_INVALID"],
  ["a root that is none", { ...asWorkflow, trustedRoot: "package.json" }, "TRUSTED_ROOT_INVALID"],
])("%s is refused before anything is checked", async (_what, options, code) => {
  await expect(readTrust(options)).rejects.toMatchObject({ code, kind: "usage" });
});
