// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadRequirements } from "../catalogue/requirements.ts";
import { attestationFile, sealStatement } from "../report/attest/envelope.ts";
import { buildStatement, killMatrixFile } from "../report/attest/statement.ts";
import { reportFile } from "../report/attest/verify.ts";
import type { EvidenceTexts } from "../report/html/evidence-panel.ts";
import { writeHtml } from "../report/html/page.ts";
import { writeJson } from "../report/json.ts";
import { writeJunit } from "../report/junit.ts";
import { writeMarkdown } from "../report/markdown.ts";
import type { ConformanceReport } from "../report/model.ts";
import { readEvidence } from "./read-evidence.ts";
import { hashFiles } from "./report-folder.ts";

/** What stands beside a report and what it is sealed with. */
export interface Sealing {
  /** Without it the attestation is not signed. */
  readonly signKey?: KeyObject;
  /** Signed once more, without a key, when all is written. */
  readonly signKeyless?: boolean;
  /** Path of the kill matrix that proves the catalogue; copied beside the report. */
  readonly killMatrix?: string;
}

/** Writes every form of a report into a folder, and what proves them whole; returns the files, the one for people first. */
export async function writeReportFiles(
  report: ConformanceReport,
  folder: string,
  { signKey, killMatrix }: Sealing = {},
): Promise<string[]> {
  const forms: readonly (readonly [string, string])[] = [
    ...(await renderReport(report, await readEvidence(report, folder))),
    [reportFile, writeJson(report)],
  ];
  await writeAll(forms, folder);
  if (killMatrix !== undefined) await copyFile(killMatrix, join(folder, killMatrixFile));
  const statement = buildStatement(report, await hashFiles(folder));
  await writeAll([[attestationFile, sealStatement(statement, signKey)]], folder);
  return [...forms.map(([name]) => name), attestationFile].map((name) => join(folder, name));
}

/** Every form that is made from the JSON, by file name. */
export async function renderReport(
  report: ConformanceReport,
  evidence: EvidenceTexts,
): Promise<(readonly [string, string])[]> {
  return [
    ["report.html", writeHtml(report, await loadRequirements(), evidence)],
    ["junit.xml", writeJunit(report)],
    ["summary.md", writeMarkdown(report)],
  ];
}

async function writeAll(forms: readonly (readonly [string, string])[], folder: string): Promise<void> {
  await Promise.all(forms.map(([name, text]) => writeFile(join(folder, name), text, { mode: 0o640 })));
}
