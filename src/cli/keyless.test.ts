// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readBundlePayload } from "../report/attest/bundle.ts";
import { type Verification, verifyReport } from "../report/attest/verify.ts";
import { sampleReport } from "../report/report.test-data.ts";
import { exec } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";
import { expectIdentity } from "./ci-identity.ts";
import { readReportFolder } from "./report-folder.ts";
import { identityToken, type SimulatedSigstore, simulateSigstore, workflow } from "./sigstore.test-data.ts";
import { readTrust, type TrustOptions } from "./trust.ts";
import { writeReportFiles } from "./write-report-files.ts";

// Sigstore is a simulation by @sigstore/mock on this machine: neither the public services nor GitHub are asked.

let sigstore: SimulatedSigstore;
let folder = "";
/** A report signed as the workflow, and the root to check it with. */
let report = "";
let root = "";
let bundle = "";

beforeAll(async () => {
  sigstore = await simulateSigstore();
  folder = await mkdtemp(join(tmpdir(), "seaworthy-keyless-"));
  report = join(folder, "report");
  root = join(folder, "trusted_root.json");
  await writeFile(root, sigstore.trustedRoot());
  await exec(["mkdir", report]);
  await writeReportFiles(sampleReport(), report);
  const signed = await run(["report", "sign", report], github());
  expect(signed).toMatchObject({ exitCode: 0 });
  expect(signed.stderr).toContain(`Signed by ${workflow.sub}: `);
  bundle = await readFile(join(report, "report.sigstore.json"), "utf8");
}, 120_000);

beforeEach(async () => {
  sigstore.refuse = false;
  await writeFile(join(report, "report.sigstore.json"), bundle);
});

afterAll(async () => {
  await sigstore[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** What a job of GitHub Actions with `id-token: write` finds in its environment. */
function github(): Record<string, string> {
  return {
    GITHUB_ACTIONS: "true",
    ACTIONS_ID_TOKEN_REQUEST_URL: `${sigstore.url}/oidc?api-version=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  };
}

/** The command as a user starts it, with the simulation as its Sigstore. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return exec([process.execPath, join(packageRoot, "bin/seaworthy.js"), ...args], {
    allowFailure: true,
    env: {
      CI: "1",
      ...{ SIGSTORE_FULCIO_URL: sigstore.url, SIGSTORE_REKOR_URL: sigstore.url },
      ...{ XDG_CACHE_HOME: join(folder, "cache"), XDG_STATE_HOME: join(folder, "state") },
      ...{ SIGSTORE_ID_TOKEN: "", ACTIONS_ID_TOKEN_REQUEST_URL: "", GITHUB_ACTIONS: "" },
      ...env,
    },
  });
}

async function verify(options: TrustOptions): Promise<Verification> {
  return verifyReport(await readReportFolder(report), await readTrust({ trustedRoot: root, ...options }));
}

const asWorkflow = { certificateIdentity: workflow.sub, certificateOidcIssuer: workflow.iss };

test.each<[string, TrustOptions]>([
  ["its identity and issuer", asWorkflow],
  ["its repository", { githubRepository: workflow.repository }],
  ["all of them", { ...asWorkflow, githubRepository: workflow.repository }],
])("what a workflow signed holds by %s", async (_what, options) => {
  expect(await verify(options)).toMatchObject({
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
  const { problems, keyless } = await verify(options);
  expect(keyless.state).toBe("invalid");
  expect(problems).toEqual([expect.stringMatching(message)]);
});

test("the trusted root of another Sigstore does not do", async () => {
  await using other = await simulateSigstore();
  const foreign = join(folder, "foreign.json");
  await writeFile(foreign, other.trustedRoot());
  const { problems } = await verify({ ...asWorkflow, trustedRoot: foreign });
  expect(problems).toEqual([expect.stringMatching(/does not hold: .*certificate chain/)]);
});

test("a trusted root that had expired when the report was signed does not do", async () => {
  const expired = join(folder, "expired.json");
  await writeFile(expired, sigstore.trustedRoot(new Date(Date.now() - 3_600_000)));
  const { problems } = await verify({ ...asWorkflow, trustedRoot: expired });
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
  const json = JSON.parse(bundle) as Bundle;
  const holder = holderOf(json);
  const bytes = Buffer.from(String(holder?.[field]), "base64");
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  if (holder !== undefined) holder[field] = bytes.toString("base64");
  await writeFile(join(report, "report.sigstore.json"), JSON.stringify(json));
  expect((await verify(asWorkflow)).keyless).toEqual({
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
  const json = JSON.parse(bundle) as Bundle;
  const statement = Buffer.from(readBundlePayload(bundle), "base64").toString("utf8");
  json.dsseEnvelope.payload = Buffer.from(statement.replace("PASSED", "FAILED")).toString("base64");
  await writeFile(join(report, "report.sigstore.json"), JSON.stringify(json));
  const { problems } = await verify(asWorkflow);
  expect(problems).toContainEqual(expect.stringMatching(/^report\.sigstore\.json does not hold: /));
  expect(problems).toContainEqual("report.sigstore.json is about another statement than report.intoto.json");
});

test("another report's signature is found without a trusted root", async () => {
  const other = join(folder, "other");
  await exec(["mkdir", "-p", other]);
  await writeReportFiles(sampleReport({ cases: [] }), other);
  await writeFile(join(other, "report.sigstore.json"), bundle);
  expect(verifyReport(await readReportFolder(other))).toMatchObject({
    problems: ["report.sigstore.json is about another statement than report.intoto.json"],
    keyless: { state: "unchecked" },
  });
});

test("a report without a bundle does not pass for a signed one", async () => {
  await rm(join(report, "report.sigstore.json"));
  expect((await verify(asWorkflow)).problems).toEqual([
    "report.sigstore.json is missing: a signer was expected",
  ]);
});

test.each([
  ["nothing", "", /not a Sigstore bundle/],
  ["half a bundle", undefined, /not a Sigstore bundle/],
  ["something else", '{"dsseEnvelope":{}}', /not a Sigstore bundle/],
])("%s in place of the bundle is named", async (_what, text, message) => {
  await writeFile(join(report, "report.sigstore.json"), text ?? bundle.slice(0, 700));
  const { problems } = await verify(asWorkflow);
  expect(problems).toContainEqual(expect.stringMatching(message));
  expect(problems).toContainEqual(expect.stringMatching(/does not hold/));
});

test("verify says on the terminal by whom a report was signed, and what it did not check", async () => {
  const checked = await run([
    ...["report", "verify", report, "--github-repository", workflow.repository, "--trusted-root", root],
  ]);
  expect(checked).toMatchObject({ exitCode: 0 });
  expect(checked.stdout).toContain(`Signed by ${workflow.sub}, for whom ${workflow.iss} vouched.`);
  const unchecked = await run(["report", "verify", report]);
  expect(unchecked).toMatchObject({ exitCode: 0 });
  expect(unchecked.stdout).toContain("Signed without a key; by whom was not checked");
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

test("without a network the lack of a trusted root is said, with the way round it", async () => {
  // a proxy that nobody answers at, whatever network the machine has
  const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9", NO_PROXY: "" };
  const args = ["report", "verify", report, "--github-repository", workflow.repository];
  const { exitCode, stdout, stderr } = await run(args, nowhere);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^seaworthy: get Sigstore's trusted root: .*\n {2}Hint: .*--trusted-root/);
});

test("where no identity is offered nothing is begun, and the hint says what to do", async () => {
  const { exitCode, stderr } = await run(["report", "sign", report]);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/this environment offers no identity\n {2}Hint: .*id-token: write/);
  expect(() => {
    expectIdentity({ GITHUB_ACTIONS: "true" });
  }).toThrow(expect.objectContaining({ hint: expect.stringContaining("--sign-key") as string }));
  const certify = await run(["certify", "--sign-keyless"]);
  expect(certify).toMatchObject({ exitCode: 3, stdout: "" });
});

test("a token in the environment does, and only a report that is whole is signed", async () => {
  const token = identityToken({ iss: "https://gitlab.com", sub: "https://gitlab.com/acme/csi//ci@main" });
  expect(await run(["report", "sign", report], { SIGSTORE_ID_TOKEN: token })).toMatchObject({ exitCode: 0 });
  expect(await verify(asWorkflow)).toMatchObject({ keyless: { state: "invalid" } });
  const page = join(report, "report.html");
  const text = await readFile(page, "utf8");
  await writeFile(page, `${text} `);
  const refused = await run(["report", "sign", report], { SIGSTORE_ID_TOKEN: token });
  await writeFile(page, text);
  expect(refused).toMatchObject({ exitCode: 3 });
  expect(refused.stderr).toContain("report.html was changed after it was written");
});

test.each<[string, boolean, () => Record<string, string>]>([
  ["a service that repeats what it was sent", true, () => ({ SIGSTORE_ID_TOKEN: identityToken() })],
  ["GitHub's identity, refused by the service", true, github],
  ["a token that is no token", false, () => ({ SIGSTORE_ID_TOKEN: "opaque-secret-value" })],
  ["a token without a subject", false, () => ({ SIGSTORE_ID_TOKEN: identityToken({ iss: "x" }) })],
  [
    "a request token that GitHub refuses",
    false,
    () => ({ ...github(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bad-token" }),
  ],
])("no token is shown: %s", async (_what, refuse, environment) => {
  sigstore.refuse = refuse;
  const env = environment();
  const { exitCode, stdout, stderr } = await run(["report", "sign", report], env);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^seaworthy: sign without a key: [^\n]+\n {2}Hint: [^\n]+$/);
  const secrets = [env["SIGSTORE_ID_TOKEN"], env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"], identityToken()];
  for (const secret of secrets.filter((one) => one !== undefined)) {
    expect(stderr).not.toContain(secret);
    expect(bundle).not.toContain(secret);
  }
});

test("a service of Sigstore's at an address without TLS gets no token", async () => {
  const { exitCode, stderr } = await run(["report", "sign", report], {
    ...github(),
    SIGSTORE_FULCIO_URL: "http://fulcio.example.com",
  });
  expect(exitCode).toBe(3);
  expect(stderr).toContain("SIGSTORE_FULCIO_URL: http://fulcio.example.com is no https address");
});
