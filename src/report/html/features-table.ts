// SPDX-License-Identifier: Apache-2.0
import { isFeature, describeFeature } from "../../catalogue/features.ts";
import type { FeatureRow } from "../model.ts";
import { type Content, type Markup, html } from "./escape.ts";
import { stackedTable } from "./table.ts";
import { badge } from "./words.ts";

/** What the profile claims, what the driver announces, what was executed: side by side. */
export function featuresTable(features: readonly FeatureRow[]): Content[] {
  const those = (claimed: boolean): FeatureRow[] => features.filter((row) => row.claimed === claimed);
  const [claimed, others] = [those(true), those(false)];
  return [
    claimed.length > 0 && part("Claimed, announced, executed", claimed),
    others.length > 0 &&
      html`<details class="fold">
        <summary>
          ${others.length} ${others.length === 1 ? "feature" : "features"} that the driver does not claim
        </summary>
        ${part("Features that are not claimed", others)}
      </details>`,
  ];
}

function part(label: string, features: readonly FeatureRow[]): Markup {
  const rows = features.map(
    (row) =>
      html`<tr>
        <th scope="row"><span class="mono">${row.feature}</span>${meaning(row.feature)}</th>
        <td data-name="Claimed">${row.claimed ? "yes" : "no"}</td>
        <td class="line" data-name="Announced">${announced(row)}</td>
        <td class="number" data-name="Cases">${row.executed}</td>
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
  return stackedTable(label, columns, rows);
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
