// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../../support/duration.ts";
import type { CaseFailure, CaseResult, DataFinding, Placement } from "../model.ts";
import { type Content, type Markup, html } from "./escape.ts";
import { evidencePanel, type EvidenceTexts } from "./evidence-panel.ts";
import type { ClusterMap } from "./map.ts";
import { table } from "./table.ts";
import { phasesTable, stepsTable } from "./timeline.ts";
import { anchor, badge } from "./words.ts";

/** What case sections have in common. */
export interface CaseSurroundings {
  readonly map: ClusterMap;
  readonly evidence: EvidenceTexts;
  /** A short report shows everything at once; a long one only what did not pass. */
  readonly isShort: boolean;
}

/** Everything about one case. */
export function caseSection(one: CaseResult, surroundings: CaseSurroundings): Markup {
  const id = anchor("case", one.id);
  const isOpen = surroundings.isShort || one.outcome === "failed" || one.outcome === "error";
  const time = one.outcome === "skipped" ? "not run" : formatDuration(one.durationMs);
  return html`<article class="case ${one.outcome}${surroundings.isShort && " short"}" id="${id}" aria-labelledby="${id}-title"><details${isOpen && html` open`}>
<summary><h3 id="${id}-title">${one.title}</h3><span class="aside">${badge(one.outcome)} ${time}</span><span class="id mono">${one.id}</span></summary>
<div class="body">${caseBody(one, surroundings)}</div></details></article>`;
}

function caseBody(one: CaseResult, { map, evidence }: CaseSurroundings): Content[] {
  return [
    one.reason !== undefined && html`<p>Skipped: ${one.reason}.</p>`,
    one.failure !== undefined && failureBox(one.failure),
    one.leaks.length > 0 &&
      html`<h4>Left behind in the back end</h4>
        ${list(one.leaks.map((leak) => html`<code>${leak}</code>`))}`,
    evidencePanel(one.evidence, evidence),
    placementsPart(one.placements, map),
    dataTable(one.data),
    stepsTable(one.steps),
    phasesTable(one.phases),
    html`<h4>What it is about</h4>
      <dl class="pairs">
        <dt>Requirements</dt>
        <dd>${joined(one.covers.map((id) => html`<a href="#${anchor("requirement", id)}">${id}</a>`))}</dd>
        <dt>Features</dt>
        <dd>${one.features.join(", ")}</dd>
      </dl>`,
    html`<h4>
        ${/ prove /.test(one.reproduce) ? "Run again, with the same fault in the driver" : "Run only this case"}
      </h4>
      <pre><code>${one.reproduce}</code></pre>`,
  ];
}

function failureBox({ message, requirement, step, expected, seen, stack }: CaseFailure): Markup {
  const pair = (name: string, value: Content): Content =>
    value !== undefined &&
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  return html`<div class="failure">
    <p>${message}</p>
    <dl>
      ${pair("Requirement", requirement !== undefined ? html`<a href="#${anchor("requirement", requirement)}">${requirement}</a>` : undefined)}
      ${pair("Step", step)}${pair("Expected", expected)}${pair("Seen", seen)}
    </dl>
    ${
      stack !== undefined &&
      html`<details>
        <summary>Where in the kit</summary>
        <pre>${stack}</pre>
      </details>`
    }
  </div>`;
}

function placementsPart(placements: readonly Placement[], map: ClusterMap): Content {
  if (placements.length === 0) return undefined;
  const rows = placements.map(
    (
      at,
    ) => html`<tr><th scope="row">${at.moment}</th><td>${at.pod ?? "–"}</td><td>${at.claim}</td><td>${at.podNode ?? "–"}</td>
<td>${at.selectedNode ?? "–"}</td><td>${affinity(at)}</td><td${at.podNode !== undefined && at.backEndNode !== at.podNode && html` class="differs"`}>${at.backEndNode ?? "not found"}</td></tr>`,
  );
  const columns = ["Moment", "Pod", "Claim", "Pod’s node", "selected-node", "PV nodeAffinity", "Back end"];
  return html`<h4>Where pod and disk were</h4>
    ${map.pictures(placements)}
    <details>
      <summary>Every moment by every witness</summary>
      ${table("Where pod and disk were, by every witness", columns, rows)}
    </details>`;
}

function affinity({ affinity: keys }: Placement): Content {
  return keys.length === 0
    ? "none"
    : keys.map(({ key, values }) => html`<code>${key}</code> = ${values.join(" or ")}<br />`);
}

function dataTable(data: readonly DataFinding[]): Content {
  if (data.length === 0) return undefined;
  const rows = data.map(
    ({ moment, claim, found, expected }) =>
      html`<tr>
        <th scope="row">${moment}</th>
        <td>${claim}</td>
        <td>${expected}</td>
        <td>${found}</td>
      </tr>`,
  );
  return html`<h4>What the volumes held</h4>
    ${table("What the volumes held", ["Moment", "Claim", "Expected", "Found"], rows)}`;
}

function list(items: readonly Markup[]): Markup {
  return html`<ul class="plain">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

function joined(items: readonly Markup[]): Content[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [", ", item]));
}
