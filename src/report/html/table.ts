// SPDX-License-Identifier: Apache-2.0
import { type Content, type Markup, html } from "./escape.ts";

/** A column's heading; `number` is right-aligned, `bar` holds a picture of the number beside it. */
export interface Column {
  readonly title: string;
  readonly kind: "number" | "bar";
}

/** A table whose last column matters most: on a narrow screen its rows are stacked, with cells named by `data-name`. */
export function stackedTable(
  label: string,
  columns: readonly (Column | string)[],
  rows: readonly Markup[],
): Markup {
  return html`<div class="stack">${table(label, columns, rows)}</div>`;
}

/**
 * A table that scrolls sideways by itself where it is too wide.
 * @param label what screen readers call it
 */
export function table(label: string, columns: readonly (Column | string)[], rows: readonly Markup[]): Markup {
  return html`<div class="scroll">
    <table aria-label="${label}">
      <thead>
        <tr>
          ${columns.map(heading)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function heading(column: Column | string): Content {
  if (typeof column === "string") return html`<th scope="col">${column}</th>`;
  return html`<th scope="col" class="${column.kind}">${column.title}</th>`;
}
