// SPDX-License-Identifier: Apache-2.0
import { isPartial } from "../feature-rows.ts";
import type { ConformanceReport } from "../model.ts";
import { caseSection } from "./case-section.ts";
import { environmentPart } from "./environment.ts";
import { distributions } from "./distributions.ts";
import { html } from "./escape.ts";
import type { EvidenceTexts } from "./evidence-panel.ts";
import { featuresTable } from "./features-table.ts";
import { ClusterMap, mapSigns } from "./map.ts";
import { byOutcome, casesTable, pageHeader } from "./overview.ts";
import { type RequirementText, requirementsTable } from "./requirements-table.ts";
import { style } from "./style.ts";
import { wordFor } from "./words.ts";

/**
 * The report as one self-contained page: no script, nothing loaded from elsewhere.
 * @param requirements texts to show beside requirement ids
 * @param evidence texts of evidence files, redacted, to show in the page itself
 */
export function writeHtml(
  report: ConformanceReport,
  requirements: readonly RequirementText[] = [],
  evidence: EvidenceTexts = new Map(),
): string {
  const { cases, driver, kit, verdict } = report;
  const map = new ClusterMap(report.nodes, cases);
  const times = distributions(cases);
  const { troubled } = byOutcome(cases);
  const isShort = cases.length <= 8;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="generator" content="Seaworthy ${kit.version}" />
        <title>
          ${wordFor(verdict.outcome)}: ${driver.name} ${driver.vendorVersion} – Seaworthy conformance report
        </title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <a class="skip" href="#overview">Skip to the results</a>
        ${mapSigns}${map.definition} ${pageHeader(report)}
        <main>
          <section aria-labelledby="overview">
            <h2 id="overview">Overview</h2>
            ${casesTable(cases)}
          </section>
          <section aria-labelledby="features">
            <h2 id="features">Claimed, announced, executed</h2>
            <p class="lead">
              What the driver’s profile claims, what the driver says of itself over gRPC, and how many cases
              put it to the test.
              ${isPartial(report.run) ? "A claim outside of this part of the catalogue is not judged." : "A claim that nothing checked fails."}
            </p>
            ${featuresTable(report.features)}
          </section>
          <section aria-labelledby="requirements">
            <h2 id="requirements">Requirements</h2>
            ${requirementsTable(cases, requirements)}
          </section>
          <section aria-labelledby="cases">
            <h2 id="cases">Cases</h2>
            ${[...troubled, ...cases.filter((one) => !troubled.includes(one))].map((one) => caseSection(one, { map, evidence, isShort }))}
          </section>
          ${
            times !== undefined &&
            html`<section aria-labelledby="times">
              <h2 id="times">Times</h2>
              <p class="lead">How long each phase took in the cases that passed.</p>
              ${times}
            </section>`
          }
          <section aria-labelledby="environment">
            <h2 id="environment">Environment</h2>
            ${environmentPart(report)}
          </section>
        </main>
        <footer>
          <p>
            Seaworthy ${kit.version}, commit <code>${kit.commit}</code>, catalogue
            <code>${kit.catalogueHash}</code>. Every case is proven able to fail by at least one deliberately
            broken driver.
          </p>
        </footer>
      </body>
    </html> `;
  return `${page.toString().trim()}\n`;
}
