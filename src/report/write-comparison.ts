// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../support/duration.ts";
import type { Change, Comparison, Tally } from "./compare.ts";
import { fewestRuns, type PhaseChange } from "./compare-phases.ts";
import { codeText, markdownTable, plainText } from "./markdown-text.ts";

const titles: readonly (readonly [Change, string])[] = [
  ["regression", "Regressions"],
  ["unproven", "No longer executed"],
  ["failing", "Still failing"],
  ["fix", "Fixes"],
  ["new", "New cases"],
  ["removed", "Removed cases"],
];

/** One sentence: how many cases changed, and in which way. */
export function summarize({ cases }: Comparison): string {
  const counts = titles.map(([change, title]) => ({
    title: title.toLowerCase(),
    count: cases.filter((one) => one.change === change).length,
  }));
  const changed = counts
    .filter(({ count }) => count > 0)
    .map(({ title, count }) => `${title}: ${String(count)}`);
  const steady = cases.filter(({ change }) => change === "steady").length;
  return [...changed, `unchanged: ${String(steady)}`].join(", ");
}

/** For a terminal. */
export function writeComparisonText(comparison: Comparison): string {
  const { before, after, surroundings, features, phases } = comparison;
  const lines = [
    `before  ${describe(before)}`,
    `after   ${describe(after)}`,
    ...surroundings.map((one) => `also different: ${one.what} ${one.before} → ${one.after}`),
    "",
    summarize(comparison),
  ];
  for (const [change, title] of titles) {
    const members = comparison.cases.filter((one) => one.change === change);
    if (members.length === 0) continue;
    lines.push("", title);
    for (const one of members) {
      lines.push(`  ${one.id}  ${tally(one.before)} → ${tally(one.after)}`);
      if (one.why !== undefined) lines.push(`    ${oneLine(one.why)}`);
    }
  }
  if (features.length > 0) lines.push("", "Features");
  for (const one of features) lines.push(`  ${one.feature}  ${one.before} → ${one.after}`);
  lines.push("", `Times (${method(comparison)})`);
  const width = Math.max(0, ...phases.map(({ name }) => name.length));
  for (const one of phases)
    lines.push(`  ${one.name.padEnd(width)}  ${times(one)}  ${ratio(one)}  ${one.conclusion}${pValue(one)}`);
  return `${lines.join("\n")}\n`;
}

/** For a job summary or a pull request. */
export function writeComparisonMarkdown(comparison: Comparison): string {
  const { before, after, surroundings, features, phases } = comparison;
  const parts = [
    `# ${plainText(before.driver)} → ${plainText(after.driver)}`,
    plainText(summarize(comparison)),
    markdownTable(
      ["", "Before", "After"],
      [
        ["runs", plainText(describe(before)), plainText(describe(after))],
        ...surroundings.map((one) => [one.what, plainText(one.before), plainText(one.after)]),
      ],
    ),
  ];
  for (const [change, title] of titles) {
    const members = comparison.cases.filter((one) => one.change === change);
    if (members.length === 0) continue;
    const rows = members.map((one) => [
      `${plainText(one.title)}<br>${codeText(one.id)}`,
      tally(one.before),
      tally(one.after),
      plainText(one.why ?? ""),
    ]);
    parts.push(`## ${title}`, markdownTable(["Case", "Before", "After", "Why"], rows));
  }
  if (features.length > 0)
    parts.push(
      "## Features",
      markdownTable(
        ["Feature", "Before", "After"],
        features.map((one) => [codeText(one.feature), one.before, one.after]),
      ),
    );
  const rows = phases.map((one) => [
    plainText(one.name),
    String(one.cases),
    formatDuration(one.before.medianMs),
    formatDuration(one.after.medianMs),
    ratio(one),
    `${one.conclusion}${pValue(one)}`,
  ]);
  parts.push(
    "## Times",
    plainText(`${method(comparison)}.`),
    markdownTable(["Phase", "Cases", "Before", "After", "Ratio", "Conclusion"], rows),
  );
  return `${parts.join("\n\n")}\n`;
}

function describe({ driver, runs, verdicts }: Comparison["before"]): string {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${String(count)} ${verdict}`);
  return `${driver}: ${String(runs)} ${runs === 1 ? "run" : "runs"} (${counts.join(", ")})`;
}

function tally(of: Tally | undefined): string {
  if (of === undefined) return "–";
  const runs = of.passed + of.failed + of.other;
  const parts = [
    [of.passed, "passed"],
    [of.failed, "failed"],
    [of.other, "not concluded"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => (runs === 1 ? word : `${String(count)} ${word}`))
    .join(", ");
}

function method({ before, after }: Comparison): string {
  const n = `n = ${String(before.runs)} and ${String(after.runs)} runs`;
  return Math.min(before.runs, after.runs) < fewestRuns
    ? `${n}: medians only; ${String(fewestRuns)} runs a side are needed to say slower or faster`
    : `${n}: exact Mann-Whitney U test over runs, p corrected by Holm for the number of phases`;
}

function times({ before, after }: PhaseChange): string {
  return `${formatDuration(before.medianMs).padStart(9)} → ${formatDuration(after.medianMs).padEnd(9)}`;
}

function ratio({ ratio: value }: PhaseChange): string {
  return `×${value.toFixed(2)}`;
}

function pValue({ p }: PhaseChange): string {
  return p === null ? "" : ` (p = ${p < 0.001 ? p.toExponential(1) : p.toFixed(3)})`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\s]+/gu, " ");
}
