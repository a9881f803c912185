// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import type { KeylessSignature } from "../../report/attest/bundle.ts";
import { type Signature, type Verification, verifyReport } from "../../report/attest/verify.ts";
import { exitCodes } from "../exit-codes.ts";
import { readReportFolder, resolveReportFolder } from "../report-folder.ts";
import { addTrustOptions, readTrust, type TrustOptions } from "../trust.ts";

interface VerifyOptions extends TrustOptions {
  readonly json?: boolean;
}

export function verifyCommand(): Command {
  const command = new Command("verify")
    .description(
      "Check that a report and its evidence are what they were when they were written: every hash, the signatures, and the verdict recomputed from the results.",
    )
    .argument("<report>", "folder that certify wrote, or the report.json in it");
  return addTrustOptions(command, "the attestation")
    .option("--json", "print what was found as JSON")
    .addHelpText("after", examples)
    .action(verify);
}

const examples = `
Examples:
  seaworthy report verify reports/runs/20261121T053840Z-reference
  seaworthy report verify ./report --key vendor.pub.pem
  seaworthy report verify ./report --github-repository acme/csi-driver
  seaworthy report verify ./report --certificate-identity ci@example.com --certificate-oidc-issuer https://accounts.example.com --trusted-root trusted_root.json
Exit codes: 0 the report is whole · 1 it is not · 2 Sigstore's trusted root cannot be fetched · 3 there is no report, or what to check it with cannot be read`;

async function verify(path: string, options: VerifyOptions): Promise<void> {
  const trust = await readTrust(options);
  const folder = await resolveReportFolder(path);
  const verification = verifyReport(await readReportFolder(folder), trust);
  process.stdout.write(options.json === true ? toJson(verification) : toText(verification));
  if (verification.problems.length > 0) process.exitCode = exitCodes.driverFailed;
}

function toJson({ problems, signature, keyless, report }: Verification): string {
  const whole = problems.length === 0;
  return `${JSON.stringify({ whole, problems, signature, keyless, verdict: report?.verdict }, undefined, 2)}\n`;
}

function toText({ problems, signature, keyless, report }: Verification): string {
  if (problems.length > 0)
    return `This report cannot be relied on:\n${problems.map((problem) => `  ✖ ${problem}\n`).join("")}`;
  return `Every file is what it was when it was written, and the verdict follows from the results.\n${[...describe(signature, keyless)].map((line) => `  ${line}\n`).join("")}  ${report?.verdict.sentence ?? ""}\n`;
}

function describe(signature: Signature, keyless: KeylessSignature): string[] {
  const lines = [describeKey(signature), describeKeyless(keyless)].filter((line) => line !== undefined);
  if (lines.length > 0) return lines;
  return ["Not signed: the hashes show damage, but whoever changes a file can write new hashes."];
}

function describeKey(signature: Signature): string | undefined {
  switch (signature.state) {
    case "valid":
      return `Signed with the given key (${signature.keyId}).`;
    case "unchecked":
      return `Signed with the key ${signature.keyIds.join(", ")}; the signature was not checked: give the public key with --key.`;
    case "unsigned":
      return undefined;
    case "invalid":
      return "The signature does not fit.";
  }
}

function describeKeyless(keyless: KeylessSignature): string | undefined {
  switch (keyless.state) {
    case "valid":
      return `Signed by ${keyless.identity}, for whom ${keyless.issuer} vouched.`;
    case "unchecked":
      return "Signed without a key; by whom was not checked: say who must have signed with --github-repository, or --certificate-identity and --certificate-oidc-issuer.";
    case "absent":
      return undefined;
    case "invalid":
      return "The signature without a key does not hold.";
  }
}
