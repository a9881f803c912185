// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command, Option } from "commander";
import { KitError } from "../../support/errors.ts";
import { readEvidence } from "../read-evidence.ts";
import { readReport, resolveReportFolder } from "../report-folder.ts";
import { renderReport } from "../write-report-files.ts";

const files = { html: "report.html", junit: "junit.xml", markdown: "summary.md" } as const;

interface RenderOptions {
  readonly format?: keyof typeof files;
  readonly out?: string;
}

export function renderCommand(): Command {
  return new Command("render")
    .description("Write the page, the summary or the JUnit form of a report again from its JSON.")
    .argument("<report>", "folder that certify wrote, or the report.json in it")
    .addOption(new Option("--format <form>", "print this form").choices(Object.keys(files)))
    .option("--out <folder>", "write every form into this folder; the report's own files stay as they are")
    .addHelpText("after", examples)
    .action(render);
}

const examples = `
Examples:
  seaworthy report render ./report --format markdown >> "$GITHUB_STEP_SUMMARY"
  seaworthy report render ./report --out ./rendered`;

async function render(path: string, { format, out }: RenderOptions): Promise<void> {
  const folder = await resolveReportFolder(path);
  const report = await readReport(folder);
  if (format === undefined && out === undefined)
    throw new KitError("RENDER_NOWHERE", "render a report: neither --format nor --out is given", {
      kind: "usage",
      hint: "--format html prints the page, --out <folder> writes every form.",
    });
  if (out !== undefined && resolve(out) === folder)
    throw new KitError("RENDER_OVER_REPORT", `render into ${out}: the report itself is there`, {
      kind: "usage",
      hint: "Name another folder: the files there are covered by the attestation.",
    });
  const forms = await renderReport(report, await readEvidence(report, folder));
  if (format !== undefined) process.stdout.write(forms.find(([name]) => name === files[format])?.[1] ?? "");
  if (out === undefined) return;
  await mkdir(out, { recursive: true });
  for (const [name, text] of forms) await writeFile(join(out, name), text);
}
