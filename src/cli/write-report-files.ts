// SPDX-License-Identifier: Apache-2.0
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeJson } from "../report/json.ts";
import type { ConformanceReport } from "../report/model.ts";

/** Writes every form of a report into a folder and returns the files, the one for people first. */
export async function writeReportFiles(report: ConformanceReport, folder: string): Promise<string[]> {
  const forms: readonly (readonly [string, string])[] = [["report.json", writeJson(report)]];
  await Promise.all(forms.map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o640 })));
  return forms.map(([name]) => join(folder, name));
}
