// SPDX-License-Identifier: Apache-2.0
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { reportFile } from "../../report/attest/verify.ts";
import { compareReports, type Comparison, type Runs } from "../../report/compare.ts";
import { writeComparisonMarkdown, writeComparisonText } from "../../report/write-comparison.ts";
import { KitError } from "../../support/errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { readReport, resolveReportFolder } from "../report-folder.ts";

const forms: Readonly<Record<"text" | "json" | "markdown", (comparison: Comparison) => string>> = {
  text: writeComparisonText,
  json: (comparison) => `${JSON.stringify(comparison, undefined, 2)}\n`,
  markdown: writeComparisonMarkdown,
};

interface CompareOptions {
  readonly format: keyof typeof forms;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  return new Command("compare")
    .description(
      "Say what changed between two releases or runs: regressions, fixes, new and removed cases, and phases that became slower.",
    )
    .argument("<before>", "a report, or a folder of reports of several runs")
    .argument("<after>", "the same of what is compared with it")
    .addOption(new Option("--format <form>", "how to print it").choices(Object.keys(forms)).default("text"))
    .option("--json", "the same as --format json")
    .addHelpText("after", examples)
    .action(compare);
}

const examples = `
Examples:
  seaworthy report compare runs/1.4.0 runs/1.5.0
  seaworthy report compare nightly-1.4/ nightly-1.5/ --format markdown    several runs a side: times are tested
Exit codes: 0 no regression · 1 a case that passed fails now · 3 a report cannot be read`;

async function compare(before: string, after: string, options: CompareOptions): Promise<void> {
  const comparison = compareReports(await readRuns(before), await readRuns(after));
  process.stdout.write(forms[options.json === true ? "json" : options.format](comparison));
  if (comparison.cases.some(({ change }) => change === "regression"))
    process.exitCode = exitCodes.driverFailed;
}

/** One report, or those in the folders directly below, by their names. */
async function readRuns(path: string): Promise<Runs> {
  const folder = await resolveReportFolder(path);
  if (await exists(join(folder, reportFile))) return [await readReport(folder)];
  const below = (await readdir(folder)).sort();
  const runs = [];
  for (const name of below)
    if (await exists(join(folder, name, reportFile))) runs.push(await readReport(join(folder, name)));
  const [first, ...rest] = runs;
  if (first !== undefined) return [first, ...rest];
  throw new KitError(
    "REPORT_MISSING",
    `read reports of ${path}: there is no ${reportFile}, nor a folder with one`,
    {
      kind: "usage",
    },
  );
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
