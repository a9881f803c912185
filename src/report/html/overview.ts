// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../../support/duration.ts";
import type { CaseResult, ConformanceReport } from "../model.ts";
import { countOutcomes } from "../verdict.ts";
import { type Markup, html } from "./escape.ts";
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
        <li><a href="#environment">Environment</a></li>
      </ul>
    </nav>
  </header>`;
}

/** One line for each case, longest bars for the longest times. */
export function casesTable(cases: readonly CaseResult[]): Markup {
  const longest = Math.max(1, ...cases.map(({ durationMs }) => durationMs));
  const rows = cases.map((one) => {
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
  });
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Outcome</th>
          <th scope="col">Case</th>
          <th scope="col" class="bar">Compared</th>
          <th scope="col" class="number">Time</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function because({ failure, reason }: CaseResult): Markup | undefined {
  const text = failure?.message ?? reason;
  return text === undefined ? undefined : html`<span class="because">${text}</span>`;
}
