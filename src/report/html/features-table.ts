// SPDX-License-Identifier: Apache-2.0
import { isFeature, describeFeature } from "../../catalogue/features.ts";
import type { FeatureRow } from "../model.ts";
import { type Content, type Markup, html } from "./escape.ts";
import { table } from "./table.ts";
import { badge } from "./words.ts";

/** What the profile claims, what the driver announces, what was executed: side by side. */
export function featuresTable(features: readonly FeatureRow[]): Markup {
  const rows = features.map(
    (row) =>
      html`<tr>
        <th scope="row"><span class="mono">${row.feature}</span>${meaning(row.feature)}</th>
        <td>${row.claimed ? "yes" : "no"}</td>
        <td class="line">${announced(row)}</td>
        <td class="number">${row.executed}</td>
        <td>${badge(row.verdict)}</td>
      </tr>`,
  );
  const columns = [
    "Feature",
    "Claimed",
    "Announced",
    { title: "Executed cases", kind: "number" },
    "Verdict",
  ] as const;
  return table("Claimed, announced, executed", columns, rows);
}

function meaning(feature: string): Markup | undefined {
  return isFeature(feature)
    ? html`<br /><span class="legend">${describeFeature(feature).description}</span>`
    : undefined;
}

function announced({ claimed, announced: said, feature }: FeatureRow): Content {
  if (said === null)
    return isFeature(feature) && describeFeature(feature).announcedAs === null
      ? "not announceable"
      : "not asked";
  return claimed && !said ? html`<span class="differs">no, against the claim</span>` : said ? "yes" : "no";
}
