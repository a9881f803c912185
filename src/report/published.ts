// SPDX-License-Identifier: Apache-2.0
import { redactText } from "../support/redact.ts";
import { type FoundFolder, verifyReport } from "./attest/verify.ts";
import type { ConformanceReport } from "./model.ts";

/** A folder below reports/published that holds a report. */
export interface PublishedFolder {
  /** Relative to reports/published: `<organization>-<driver>/<version>-k8s<minor>-<shape>`. */
  readonly path: string;
  readonly found: FoundFolder;
  /** Texts of its files by their path in the folder. */
  readonly texts: ReadonlyMap<string, string>;
  /** The README of the driver's folder, one level up. */
  readonly readme: string | undefined;
}

/** A published report and its folder. */
export interface PublishedReport {
  readonly path: string;
  readonly report: ConformanceReport;
}

/** The reports that can be read, whether they keep the rules or not. */
export function readPublished(folders: readonly PublishedFolder[]): PublishedReport[] {
  return folders.flatMap(({ path, found }) => {
    const { report } = verifyReport(found);
    return report === undefined ? [] : [{ path, report }];
  });
}

/** Every breach of the rules in reports/README.md, one sentence each; empty when the report may be published. */
export function checkPublished({ path, found, texts, readme }: PublishedFolder): string[] {
  const { problems, report } = verifyReport(found);
  return [
    ...problems,
    ...(report === undefined ? [] : checkContent(report, path)),
    ...(readme !== undefined && /^##+ Reproduce\b/m.test(readme)
      ? []
      : ['the README.md of the driver\'s folder has no section "Reproduce"']),
    ...[...texts]
      .filter(([, text]) => redactText(text) !== text)
      .map(([file]) => `${file} holds what looks like a secret`),
  ].map((problem) => `reports/published/${path}: ${problem}`);
}

function checkContent(report: ConformanceReport, path: string): string[] {
  const { kit, run, verdict } = report;
  const problems: string[] = [];
  if (verdict.outcome !== "passed" && verdict.outcome !== "failed")
    problems.push(`a report with the verdict "${verdict.outcome}" is not published`);
  if (run.selection !== undefined) problems.push("it is about a part of the catalogue only");
  if (!/^[0-9a-f]{40}$/.test(kit.commit)) problems.push(`its kit has no commit: ${kit.commit}`);
  const expected = folderNameOf(report);
  if (path !== expected) problems.push(`its folder must be called ${expected}`);
  return problems;
}

/** Where a report belongs below reports/published. */
export function folderNameOf({ driver, environment }: ConformanceReport): string {
  const minor = /^v?(\d+\.\d+)/.exec(environment.kubernetes)?.[1] ?? environment.kubernetes;
  return [
    `${slug(driver.organization)}-${slug(driver.name)}`,
    `${slug(driver.vendorVersion)}-k8s${minor}-${slug(environment.shape)}`,
  ].join("/");
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}
