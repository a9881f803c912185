// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../support/duration.ts";
import { codeText, markdownTable, plainText, preformatted } from "./markdown-text.ts";
import { outside } from "./feature-rows.ts";
import type { CaseResult, ConformanceReport, FeatureRow, Outcome } from "./model.ts";

const signs: Readonly<Record<Outcome | ConformanceReport["verdict"]["outcome"], string>> = {
  passed: "✅",
  partial: "🟡",
  failed: "❌",
  error: "⚠️",
  incomplete: "⚠️",
  skipped: "⏭️",
};

/** The report as a GitHub job summary. */
export function writeMarkdown(report: ConformanceReport): string {
  const { cases, driver, verdict } = report;
  const parts = [
    `# ${signs[verdict.outcome]} ${plainText(driver.name)} ${plainText(driver.vendorVersion)}: ${verdict.outcome}`,
    plainText(verdict.sentence),
    "## Cases",
    casesTable(cases),
    ...cases.filter(({ failure }) => failure !== undefined).map(failureDetails),
    "## Claimed, announced, executed",
    featuresTable(report.features),
    "## Environment",
    environment(report),
  ];
  return `${parts.join("\n\n")}\n`;
}

function casesTable(cases: readonly CaseResult[]): string {
  const rows = cases.map(({ outcome, title, id, durationMs, reason }) => [
    `${signs[outcome]} ${outcome}`,
    `${plainText(title)}<br>${codeText(id)}${reason === undefined ? "" : `<br>${plainText(reason)}`}`,
    outcome === "skipped" ? "–" : formatDuration(durationMs),
  ]);
  return markdownTable(["Outcome", "Case", "Time"], rows);
}

function failureDetails({ id, outcome, failure, evidence, leaks, reproduce }: CaseResult): string {
  const lines = [
    failure?.requirement === undefined ? "" : `requirement: ${failure.requirement}`,
    failure?.step === undefined ? "" : `step: ${failure.step}`,
    failure?.expected === undefined ? "" : `expected: ${failure.expected}`,
    failure?.seen === undefined ? "" : `seen: ${failure.seen}`,
    ...leaks.map((leak) => `left behind: ${leak}`),
    ...evidence.map((path) => `evidence: ${path}`),
    `again: ${reproduce}`,
  ];
  const summary = `<summary>${signs[outcome]} ${codeText(id)}: ${plainText(failure?.message ?? "")}</summary>`;
  return `<details>${summary}\n\n${preformatted(lines.filter((line) => line !== "").join("\n"))}\n\n</details>`;
}

function featuresTable(features: readonly FeatureRow[]): string {
  const rows = features
    .filter(({ claimed, announced, executed }) => claimed || announced === true || executed > 0)
    .map((row) => [
      codeText(row.feature),
      row.claimed ? "yes" : "no",
      row.announced === null ? "–" : row.announced ? "yes" : "no",
      String(row.executed),
      row.verdict === "outside" ? outside : row.verdict,
    ]);
  return markdownTable(["Feature", "Claimed", "Announced", "Executed cases", "Verdict"], rows);
}

function environment({ environment: where, nodes, kit, run }: ConformanceReport): string {
  const facts = [
    `Kubernetes ${plainText(where.kubernetes)}`,
    `kernel ${plainText(where.kernel)}`,
    `${where.provider} cluster ${plainText(where.shape)} with ${String(nodes.length)} nodes`,
    `images ${where.images}`,
    `volumes by ${where.activation}`,
    `Seaworthy ${plainText(kit.version)}, commit ${codeText(kit.commit.slice(0, 12))}`,
    `${formatDuration(run.durationMs)} in all`,
  ];
  const lost = (run.shards?.ran ?? []).flatMap((shard) =>
    (shard.lost ?? []).map((words) => `Shard ${String(shard.index)} was begun anew: ${plainText(words)}`),
  );
  return [facts.join(" · "), ...lost, `Again: ${codeText(run.reproduce)}`].join("\n\n");
}
