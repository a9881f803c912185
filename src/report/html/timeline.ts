// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../../support/duration.ts";
import type { Phase, StepResult } from "../model.ts";
import { type Markup, html } from "./escape.ts";
import { table } from "./table.ts";
import { badge } from "./words.ts";

/** Steps one after another, each bar starting where the last one ended. */
export function stepsTable(steps: readonly StepResult[]): Markup | undefined {
  if (steps.length === 0) return undefined;
  const total = sum(steps);
  let before = 0;
  const rows = steps.map((step) => {
    const kind = step.outcome === "passed" ? step.phase : "broken";
    const bar = timeBar({ from: before, length: step.durationMs, total, kind });
    before += step.durationMs;
    return html`<tr>
      <td>${step.phase}</td>
      <th scope="row">${step.title}${step.outcome !== "passed" && html` ${badge(step.outcome)}`}</th>
      <td class="bar">${bar}</td>
      <td class="number">${formatDuration(step.durationMs)}</td>
    </tr>`;
  });
  const columns = [
    "Phase",
    "Step",
    { title: "When", kind: "bar" },
    { title: "Time", kind: "number" },
  ] as const;
  return html`<h4>Steps</h4>
    ${table("Steps", columns, rows)}`;
}

/** More phases than this are folded away. */
const manyPhases = 8;

/** Measured stretches of the volume's life; they may overlap, so all bars start together. */
export function phasesTable(phases: readonly Phase[]): Markup | undefined {
  if (phases.length === 0) return undefined;
  const total = Math.max(...phases.map(({ durationMs }) => durationMs));
  const rows = phases.map(
    ({ name, durationMs }) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td class="bar">${timeBar({ from: 0, length: durationMs, total, kind: "phase" })}</td>
        <td class="number">${formatDuration(durationMs)}</td>
      </tr>`,
  );
  const columns = [
    "From → to",
    { title: "Compared", kind: "bar" },
    { title: "Time", kind: "number" },
  ] as const;
  const all = table("Phases", columns, rows);
  const folded = html`<details>
    <summary>All ${phases.length}, the longest took ${formatDuration(total)}</summary>
    ${all}
  </details>`;
  return html`<h4>Phases</h4>
    ${phases.length > manyPhases ? folded : all}`;
}

interface TimeBar {
  readonly from: number;
  readonly length: number;
  readonly total: number;
  readonly kind: StepResult["phase"] | "phase" | "broken";
}

/** The number stands in the next cell, so the bar itself is hidden from screen readers. */
function timeBar({ from, length, total, kind }: TimeBar): Markup {
  const percent = (part: number): string => (total === 0 ? 0 : (100 * part) / total).toFixed(2);
  const width = Math.max(0.8, Number(percent(length))).toFixed(2);
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect class="${kind}" x="${percent(from)}" width="${width}" height="1" />
  </svg>`;
}

function sum(steps: readonly StepResult[]): number {
  return steps.reduce((total, { durationMs }) => total + durationMs, 0);
}
