// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { readVerifyingKey } from "../../report/attest/keys.ts";
import { type Signature, type Verification, verifyReport } from "../../report/attest/verify.ts";
import { exitCodes } from "../exit-codes.ts";
import { readKeyFile } from "../key-file.ts";
import { readReportFolder, resolveReportFolder } from "../report-folder.ts";

interface VerifyOptions {
  readonly key?: string;
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  return new Command("verify")
    .description(
      "Check that a report and its evidence are what they were when they were written: every hash, the signature, and the verdict recomputed from the results.",
    )
    .argument("<report>", "folder that certify wrote, or the report.json in it")
    .option("--key <file>", "public key in PEM; the attestation must be signed with it")
    .option("--json", "print what was found as JSON")
    .addHelpText("after", examples)
    .action(verify);
}

const examples = `
Examples:
  seaworthy report verify reports/runs/20261121T053840Z-reference
  seaworthy report verify ./report --key vendor.pub.pem
Exit codes: 0 the report is whole · 1 it is not · 3 there is no report, or the key cannot be read`;

async function verify(path: string, options: VerifyOptions): Promise<void> {
  const key = options.key === undefined ? undefined : await readKeyFile(options.key, readVerifyingKey);
  const folder = await resolveReportFolder(path);
  const verification = verifyReport(await readReportFolder(folder), key);
  process.stdout.write(options.json === true ? toJson(verification) : toText(verification));
  if (verification.problems.length > 0) process.exitCode = exitCodes.driverFailed;
}

function toJson({ problems, signature, report }: Verification): string {
  const whole = problems.length === 0;
  return `${JSON.stringify({ whole, problems, signature, verdict: report?.verdict }, undefined, 2)}\n`;
}

function toText({ problems, signature, report }: Verification): string {
  if (problems.length > 0)
    return `This report cannot be relied on:\n${problems.map((problem) => `  ✖ ${problem}\n`).join("")}`;
  return `Every file is what it was when it was written, and the verdict follows from the results.\n${describe(signature)}\n  ${report?.verdict.sentence ?? ""}\n`;
}

function describe(signature: Signature): string {
  switch (signature.state) {
    case "valid":
      return `  Signed with the given key (${signature.keyId}).`;
    case "unchecked":
      return `  Signed with the key ${signature.keyIds.join(", ")}; the signature was not checked: give the public key with --key.`;
    case "unsigned":
      return "  Not signed: the hashes show damage, but whoever changes a file can write new hashes.";
    case "invalid":
      return "  The signature does not fit.";
  }
}
