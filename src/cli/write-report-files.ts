// SPDX-License-Identifier: Apache-2.0
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadRequirements } from "../catalogue/requirements.ts";
import { writeHtml } from "../report/html/page.ts";
import { writeJson } from "../report/json.ts";
import { writeJunit } from "../report/junit.ts";
import { writeMarkdown } from "../report/markdown.ts";
import type { ConformanceReport } from "../report/model.ts";

/** Writes every form of a report into a folder and returns the files, the one for people first. */
export async function writeReportFiles(report: ConformanceReport, folder: string): Promise<string[]> {
  const forms: readonly (readonly [string, string])[] = [
    ["report.html", writeHtml(report, await loadRequirements())],
    ["report.json", writeJson(report)],
    ["junit.xml", writeJunit(report)],
    ["summary.md", writeMarkdown(report)],
  ];
  await Promise.all(forms.map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o640 })));
  return forms.map(([name]) => join(folder, name));
}
