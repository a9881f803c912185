// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../../support/duration.ts";
import type { CaseResult, ConformanceReport, Outcome } from "../model.ts";
import { countOutcomes } from "../verdict.ts";
import { type Content, type Markup, html } from "./escape.ts";
import { table } from "./table.ts";
import { anchor, badge, wordFor } from "./words.ts";

/** Driver, verdict in one sentence, and the facts one asks for first. */
export function pageHeader(report: ConformanceReport): Markup {
  const { driver, environment, run, verdict, cases } = report;
  const counts = Object.entries(countOutcomes(cases)).filter(([, count]) => count > 0);
  return html`<header>
    <p class="kicker">Seaworthy · Kubernetes storage conformance</p>
    <h1>${driver.name} <small>${driver.vendorVersion} · ${driver.organization}</small></h1>
    <p class="verdict ${verdict.outcome}" role="status">
      <strong>${wordFor(verdict.outcome)}</strong>${verdict.sentence}
    </p>
    <dl class="facts">
      <div>
        <dt>Cases</dt>
        <dd>${counts.map(([outcome, count]) => `${String(count)} ${outcome}`).join(", ") || "none"}</dd>
      </div>
      <div>
        <dt>Kubernetes</dt>
        <dd>${environment.kubernetes}</dd>
      </div>
      <div>
        <dt>Cluster</dt>
        <dd>${environment.shape} (${environment.provider}), ${String(report.nodes.length)} nodes</dd>
      </div>
      <div>
        <dt>Started</dt>
        <dd><time datetime="${run.startedAt}">${run.startedAt.slice(0, 16).replace("T", " ")} UTC</time></dd>
      </div>
      <div>
        <dt>Took</dt>
        <dd>${formatDuration(run.durationMs)}</dd>
      </div>
    </dl>
    <nav aria-label="Sections">
      <ul>
        <li><a href="#overview">Overview</a></li>
        <li><a href="#features">Claims</a></li>
        <li><a href="#requirements">Requirements</a></li>
        <li><a href="#cases">Cases</a></li>
        ${report.cases.some(({ outcome, phases }) => outcome === "passed" && phases.length > 0) && html`<li><a href="#times">Times</a></li>`}
        <li><a href="#environment">Environment</a></li>
      </ul>
    </nav>
  </header>`;
}

/** The cases that did not pass, failed before errors, and the others; within each the order stays. */
export function byOutcome(
  cases: readonly CaseResult[],
): Record<"troubled" | "passed" | "skipped", CaseResult[]> {
  const those = (outcome: Outcome): CaseResult[] => cases.filter((one) => one.outcome === outcome);
  return {
    troubled: [...those("failed"), ...those("error")],
    passed: those("passed"),
    skipped: those("skipped"),
  };
}

/** More cases than this, and those that passed are folded away. */
const manyCases = 40;

/** One line for each case, those that did not pass first; longest bars for the longest times. */
export function casesTable(cases: readonly CaseResult[]): Content {
  const longest = Math.max(1, ...cases.map(({ durationMs }) => durationMs));
  const { troubled, passed, skipped } = byOutcome(cases);
  const part = (label: string, some: readonly CaseResult[]): Markup =>
    table(
      label,
      columns,
      some.map((one) => caseRow(one, longest)),
    );
  if (cases.length <= manyCases) return part("Cases", [...troubled, ...passed, ...skipped]);
  const folded = (label: string, some: readonly CaseResult[]): Content =>
    some.length > 0 &&
    html`<details class="fold">
      <summary>${some.length} ${label}</summary>
      ${part(`Cases: ${label}`, some)}
    </details>`;
  return [
    troubled.length > 0 && part("Cases that did not pass", troubled),
    folded("passed", passed),
    folded("skipped", skipped),
  ];
}

const columns = [
  "Outcome",
  "Case",
  { title: "Compared", kind: "bar" },
  { title: "Time", kind: "number" },
] as const;

function caseRow(one: CaseResult, longest: number): Markup {
  const width = ((100 * one.durationMs) / longest).toFixed(1);
  return html`<tr class="${one.outcome}">
    <td>${badge(one.outcome)}</td>
    <th scope="row"><a href="#${anchor("case", one.id)}">${one.title}</a>${because(one)}</th>
    <td class="bar">
      <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="phase" width="${width}" height="1" />
      </svg>
    </td>
    <td class="number">${one.outcome === "skipped" ? "–" : formatDuration(one.durationMs)}</td>
  </tr>`;
}

function because({ failure, reason }: CaseResult): Markup | undefined {
  const text = failure?.message ?? reason;
  return text === undefined ? undefined : html`<span class="because">${text}</span>`;
}
