// SPDX-License-Identifier: Apache-2.0
import type { Requirement } from "../../catalogue/requirements.ts";
import type { CaseResult } from "../model.ts";
import { type Markup, html } from "./escape.ts";
import { anchor, badge } from "./words.ts";

/** What a requirement says, as far as the page shows it. */
export type RequirementText = Pick<Requirement, "id" | "title" | "text">;

/** Each requirement this report touches, with the cases that speak for it. */
export function requirementsTable(cases: readonly CaseResult[], texts: readonly RequirementText[]): Markup {
  const ids = [
    ...new Set(
      cases.flatMap(({ covers, failure }) => [
        ...covers,
        ...(failure?.requirement === undefined ? [] : [failure.requirement]),
      ]),
    ),
  ].sort();
  const rows = ids.map((id) => {
    const text = texts.find((one) => one.id === id);
    const about = cases.filter(({ covers }) => covers.includes(id));
    const links = about.map(
      (one) => html`<div>${badge(one.outcome)} <a href="#${anchor("case", one.id)}">${one.id}</a></div>`,
    );
    return html`<tr id="${anchor("requirement", id)}">
      <th scope="row"><span class="mono">${id}</span></th>
      <td>${text !== undefined && html`<strong>${text.title}.</strong> ${text.text}`}</td>
      <td>${links}</td>
    </tr>`;
  });
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">What it says</th>
          <th scope="col">Cases</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
