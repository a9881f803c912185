// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { verifyReport } from "../report/attest/verify.ts";
import { passedCases, sampleReport } from "../report/report.test-data.ts";
import { redactText } from "../support/redact.ts";
import { expectIdentity } from "./ci-identity.ts";
import { readReportFolder } from "./report-folder.ts";
import { identityToken, workflow } from "./sigstore.test-data.ts";
import { asWorkflow, SignedReport } from "./signed-report.test-data.ts";
import { readTrust } from "./trust.ts";
import { writeReportFiles } from "./write-report-files.ts";

let signed: SignedReport;

beforeAll(async () => {
  signed = await SignedReport.make();
}, 120_000);

beforeEach(() => signed.restore());

afterAll(() => signed.remove());

test("a workflow signs as itself, and says so", () => {
  expect(signed.signing).toMatchObject({ exitCode: 0 });
  expect(signed.signing.stderr).toContain(`Signed by ${workflow.sub}: `);
  // published reports may hold nothing that looks like a secret
  expect(redactText(signed.bundle)).toBe(signed.bundle);
});

test("verify says on the terminal by whom a report was signed, and what it did not check", async () => {
  const checked = await signed.run([
    ...[
      "report",
      "verify",
      signed.report,
      "--github-repository",
      workflow.repository,
      "--trusted-root",
      signed.root,
    ],
  ]);
  expect(checked).toMatchObject({ exitCode: 0 });
  expect(checked.stdout).toContain(`Signed by ${workflow.sub}, for whom ${workflow.iss} vouched.`);
  const unchecked = await signed.run(["report", "verify", signed.report]);
  expect(unchecked).toMatchObject({ exitCode: 0 });
  expect(unchecked.stdout).toContain("Signed without a key; by whom was not checked");
});
test("without a network the lack of a trusted root is said, with the way round it", async () => {
  // a proxy that nobody answers at, whatever network the machine has
  const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9", NO_PROXY: "" };
  const args = ["report", "verify", signed.report, "--github-repository", workflow.repository];
  const { exitCode, stdout, stderr } = await signed.run(args, nowhere);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^seaworthy: get Sigstore's trusted root: .*\n {2}Hint: .*--trusted-root/);
});

test("shards that a workflow signed are joined, and the whole is signed; one that is not signed is refused", async () => {
  const [first, ...others] = passedCases();
  const parts = [first === undefined ? [] : [first], others];
  const shards: string[] = [];
  for (const [at, cases] of parts.entries()) {
    const shard = join(signed.folder, `shard-${String(at + 1)}`);
    const startedAt = "2026-11-21T05:00:00.000Z";
    const ran = [{ index: at + 1, startedAt, durationMs: 1000 }];
    await mkdir(shard);
    await writeReportFiles(
      sampleReport({
        cases,
        run: {
          ...{ startedAt, durationMs: 1000, reproduce: `seaworthy certify --shard ${String(at + 1)}/2` },
          shards: { of: 2, planned: others.length + 1, ran },
        },
      }),
      shard,
    );
    shards.push(shard);
  }
  const whole = join(signed.folder, "whole");
  const merge = [
    ...["report", "merge", ...shards, "--out", whole, "--sign-keyless"],
    ...["--github-repository", workflow.repository, "--trusted-root", signed.root],
  ];
  const unsigned = await signed.run(merge, signed.github());
  expect(unsigned).toMatchObject({ exitCode: 3 });
  expect(unsigned.stderr).toContain("report.sigstore.json is missing: a signer was expected");
  for (const shard of shards) await signed.run(["report", "sign", shard], signed.github());
  expect(await signed.run(merge, signed.github())).toMatchObject({ exitCode: 0 });
  const trust = await readTrust({ trustedRoot: signed.root, ...asWorkflow });
  expect(verifyReport(await readReportFolder(whole), trust)).toMatchObject({
    problems: [],
    keyless: { state: "valid" },
  });
});

test("where no identity is offered nothing is begun, and the hint says what to do", async () => {
  const { exitCode, stderr } = await signed.run(["report", "sign", signed.report]);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/this environment offers no identity\n {2}Hint: .*id-token: write/);
  expect(() => {
    expectIdentity({ GITHUB_ACTIONS: "true" });
  }).toThrow(expect.objectContaining({ hint: expect.stringContaining("--sign-key") as string }));
  const certify = await signed.run(["certify", "--sign-keyless"]);
  expect(certify).toMatchObject({ exitCode: 3, stdout: "" });
});

test("a token in the environment does, and only a report that is whole is signed", async () => {
  const token = identityToken({ iss: "https://gitlab.com", sub: "https://gitlab.com/acme/csi//ci@main" });
  expect(await signed.run(["report", "sign", signed.report], { SIGSTORE_ID_TOKEN: token })).toMatchObject({
    exitCode: 0,
  });
  expect(await signed.verify(asWorkflow)).toMatchObject({ keyless: { state: "invalid" } });
  const page = join(signed.report, "report.html");
  const text = await readFile(page, "utf8");
  await writeFile(page, `${text} `);
  const refused = await signed.run(["report", "sign", signed.report], { SIGSTORE_ID_TOKEN: token });
  await writeFile(page, text);
  expect(refused).toMatchObject({ exitCode: 3 });
  expect(refused.stderr).toContain("report.html was changed after it was written");
});

test.each<[string, boolean, () => Record<string, string>]>([
  ["a service that repeats what it was sent", true, () => ({ SIGSTORE_ID_TOKEN: identityToken() })],
  ["GitHub's identity, refused by the service", true, () => signed.github()],
  ["a token that is no token", false, () => ({ SIGSTORE_ID_TOKEN: "opaque-secret-value" })],
  ["a token without a subject", false, () => ({ SIGSTORE_ID_TOKEN: identityToken({ iss: "x" }) })],
  [
    "a request token that GitHub refuses",
    false,
    () => ({ ...signed.github(), ACTIONS_ID_TOKEN_REQUEST_TOKEN: "bad-token" }),
  ],
])("no token is shown: %s", async (_what, refuse, environment) => {
  signed.sigstore.refuse = refuse;
  const env = environment();
  const { exitCode, stdout, stderr } = await signed.run(["report", "sign", signed.report], env);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^seaworthy: sign without a key: [^\n]+\n {2}Hint: [^\n]+$/);
  const secrets = [env["SIGSTORE_ID_TOKEN"], env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"], identityToken()];
  for (const secret of secrets.filter((one) => one !== undefined)) {
    expect(stderr).not.toContain(secret);
    expect(signed.bundle).not.toContain(secret);
  }
});

test("a service of Sigstore's at an address without TLS gets no token", async () => {
  const { exitCode, stderr } = await signed.run(["report", "sign", signed.report], {
    ...signed.github(),
    SIGSTORE_FULCIO_URL: "http://fulcio.example.com",
  });
  expect(exitCode).toBe(3);
  expect(stderr).toContain("SIGSTORE_FULCIO_URL: http://fulcio.example.com is no https address");
});
