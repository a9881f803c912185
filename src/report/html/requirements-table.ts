// SPDX-License-Identifier: Apache-2.0
import type { Requirement } from "../../catalogue/requirements.ts";
import type { CaseResult } from "../model.ts";
import { type Markup, html } from "./escape.ts";
import { stackedTable } from "./table.ts";
import { anchor, badge } from "./words.ts";

/** What a requirement says, as far as the page shows it. */
export type RequirementText = Pick<Requirement, "id" | "title" | "text">;

/** More cases than this for one requirement are folded away, except those that did not pass. */
const manyCases = 12;

/** Each requirement this report touches, with the cases that speak for it. */
export function requirementsTable(cases: readonly CaseResult[], texts: readonly RequirementText[]): Markup {
  const named = cases.flatMap(({ covers, failure }) => [
    ...covers,
    ...(failure?.requirement ? [failure.requirement] : []),
  ]);
  const rows = [...new Set(named)].sort().map((id) => {
    const text = texts.find((one) => one.id === id);
    return html`<tr id="${anchor("requirement", id)}">
      <th scope="row"><span class="mono">${id}</span></th>
      <td>${text !== undefined && html`<strong>${text.title}.</strong> ${text.text}`}</td>
      <td>${caseLinks(cases.filter(({ covers }) => covers.includes(id)))}</td>
    </tr>`;
  });
  return stackedTable("Requirements and their cases", ["Requirement", "What it says", "Cases"], rows);
}

function caseLinks(about: readonly CaseResult[]): Markup[] {
  const link = (one: CaseResult): Markup =>
    html`<div class="line">${badge(one.outcome)} <a href="#${anchor("case", one.id)}">${one.id}</a></div>`;
  if (about.length <= manyCases) return about.map(link);
  const passed = about.filter(({ outcome }) => outcome === "passed");
  const others = about.filter(({ outcome }) => outcome !== "passed");
  return [
    ...others.map(link),
    html`<details>
      <summary>${passed.length} passed</summary>
      ${passed.map(link)}
    </details>`,
  ];
}
