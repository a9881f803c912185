// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeReportFiles } from "../../src/cli/write-report-files.ts";
import { sampleReport } from "../../src/report/report.test-data.ts";
import { seaworthy } from "../seaworthy.ts";

const keys = generateKeyPairSync("ed25519");
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-damaged-"));
  await writeReportFiles(sampleReport(), folder, { signKey: keys.privateKey });
  await writeFile(join(folder, "key.pub.pem"), keys.publicKey.export({ type: "spki", format: "pem" }));
});

afterEach(() => rm(folder, { recursive: true }));

test("A whole report is confirmed, with its verdict and its signature", async () => {
  const key = join(folder, "key.pub.pem");
  const { exitCode, stdout } = await seaworthy(["report", "verify", folder, "--key", key]);
  expect(stdout).toMatch(
    /^Every file is what it was when it was written, and the verdict follows from the results\.\n {2}Signed with the given key/,
  );
  expect(stdout).toContain(sampleReport().verdict.sentence);
  expect(exitCode).toBe(0);
});

test("A tampered report is named with what was changed", async () => {
  const file = join(folder, "report.json");
  await writeFile(file, (await readFile(file, "utf8")).replace("v1.36.3", "v1.36.4"));
  const { exitCode, stdout } = await seaworthy(["report", "verify", file]);
  expect(stdout).toMatch(
    /^This report cannot be relied on:\n {2}✖ report\.json was changed after it was written: /,
  );
  expect(exitCode).toBe(1);
});

test("A truncated report is named, not a stack trace", async () => {
  const file = join(folder, "report.json");
  await writeFile(file, (await readFile(file)).subarray(0, 2000));
  const { exitCode, stdout, stderr } = await seaworthy(["report", "verify", folder]);
  expect(stdout).toMatch(/✖ read report\.json: /);
  expect(stdout).toMatch(/✖ report\.json was changed/);
  expect(stderr).toBe("");
  expect(exitCode).toBe(1);
});

test("A report that is not there is bad input", async () => {
  const { exitCode, stderr } = await seaworthy(["report", "verify", join(folder, "nothing")]);
  expect(stderr).toMatch(/^seaworthy: read report .*nothing: there is no such file or folder\n {2}Hint: /);
  expect(exitCode).toBe(3);
});

test("What is no key is bad input, before the report is read", async () => {
  const key = join(folder, "report.html");
  const { exitCode, stderr } = await seaworthy(["report", "verify", folder, "--key", key]);
  expect(stderr).toMatch(/^seaworthy: read .*report\.html: not a public key in PEM/);
  expect(exitCode).toBe(3);
});

test("A form is printed again from the JSON, and never written over the report", async () => {
  const { stdout } = await seaworthy(["report", "render", folder, "--format", "junit"]);
  expect(`${stdout}\n`).toBe(
    await readFile(join(folder, "junit.xml"), "utf8").then((text) => `${text.trimEnd()}\n`),
  );
  const { exitCode, stderr } = await seaworthy(["report", "render", folder, "--out", folder]);
  expect(stderr).toContain("the report itself is there");
  expect(exitCode).toBe(3);
});

test("An earlier run in the folder of the report is not written over", async () => {
  const { exitCode, stderr } = await seaworthy(["certify", "--out", folder]);
  expect(stderr).toContain("report.json of an earlier run is there");
  expect(exitCode).toBe(3);
});
