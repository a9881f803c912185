// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { expectIdentity } from "../ci-identity.ts";
import { resolveReportFolder } from "../report-folder.ts";
import { signReport } from "../sign-report.ts";

export function signCommand(): Command {
  return new Command("sign")
    .description(
      "Sign a report that was written, without a key: as the identity that the CI vouches for, through Sigstore. The signature stands in a public log.",
    )
    .argument("<report>", "folder that certify wrote, or the report.json in it")
    .addHelpText("after", examples)
    .action(async (path: string) => {
      expectIdentity();
      await signReport(await resolveReportFolder(path));
    });
}

const examples = `
Examples:
  seaworthy report sign ./report
Identity: GitHub Actions with \`permissions: id-token: write\`, or an OpenID Connect token in SIGSTORE_ID_TOKEN.
Services: those of Sigstore, or of an instance of yours by SIGSTORE_FULCIO_URL and SIGSTORE_REKOR_URL.
Exit codes: 0 signed · 2 the identity was refused, or a service did not answer · 3 no identity is offered, or the report is damaged`;
