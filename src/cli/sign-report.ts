// SPDX-License-Identifier: Apache-2.0
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { bundleFile } from "../report/attest/bundle.ts";
import { openEnvelope } from "../report/attest/envelope.ts";
import { verifyReport } from "../report/attest/verify.ts";
import { KitError } from "../support/errors.ts";
import { readReportFolder } from "./report-folder.ts";

/**
 * Signs the attestation of a report with the identity that the CI offers, and puts the bundle beside it.
 * @throws KitError `REPORT_DAMAGED` of kind `usage`, and those of `signKeyless`
 */
export async function signReport(folder: string): Promise<void> {
  const found = await readReportFolder(folder);
  // a bundle of an earlier signature is written anew, whatever it holds
  const { problems } = verifyReport({ ...found, bundle: undefined });
  if (problems.length > 0 || found.attestation === undefined)
    throw new KitError("REPORT_DAMAGED", `sign ${folder}: ${problems.join("; ")}`, {
      kind: "usage",
      hint: "Only a report that is what it was when it was written is signed.",
    });
  const { payload } = openEnvelope(found.attestation).envelope;
  // half a second to load, which no other command needs
  const { signKeyless } = await import("./sign-keyless.ts");
  const { bundle, subject } = await signKeyless(Buffer.from(payload, "base64"));
  const file = join(folder, bundleFile);
  await writeFile(file, bundle, { mode: 0o640 });
  process.stderr.write(`Signed by ${subject}: ${relative(process.cwd(), file)}\n`);
}
