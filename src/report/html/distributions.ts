// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../../support/duration.ts";
import type { CaseResult } from "../model.ts";
import { phaseKind } from "../phase-kind.ts";
import { median } from "../rank-test.ts";
import { type Markup, html } from "./escape.ts";
import { table } from "./table.ts";

/** Bars of a histogram, over the whole scale. */
const bins = 48;

/** A 90th percentile of fewer values would only be another name for the longest. */
const enoughForPercentile = 10;

/** How long each phase took over all cases, longest first; undefined when none was measured. */
export function distributions(cases: readonly CaseResult[]): Markup | undefined {
  const phases = cases.filter(({ outcome }) => outcome === "passed").flatMap((one) => one.phases);
  if (phases.length === 0) return undefined;
  const scale = logScale(phases.map(({ durationMs }) => durationMs));
  const rows = [...Map.groupBy(phases, ({ name }) => phaseKind(name))]
    .map(([name, those]) => ({
      name,
      times: those.map(({ durationMs }) => durationMs).sort((a, b) => a - b),
    }))
    .sort((a, b) => median(b.times) - median(a.times))
    .map(({ name, times }) => row(name, times, scale));
  const columns = [
    "From → to",
    { title: `${formatDuration(scale.from)} to ${formatDuration(scale.to)}, logarithmic`, kind: "bar" },
    ...["n", "Shortest", "Median", "90 %", "Longest"].map((title) => ({ title, kind: "number" as const })),
  ] as const;
  return table("Times by phase", columns, rows);
}

function row(name: string, times: readonly number[], scale: Scale): Markup {
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="bar">${histogram(times, scale)}</td>
    <td class="number">${times.length}</td>
    <td class="number">${formatDuration(at(0))}</td>
    <td class="number">${formatDuration(median(times))}</td>
    <td class="number">${times.length < enoughForPercentile ? "–" : formatDuration(at(0.9))}</td>
    <td class="number">${formatDuration(at(1))}</td>
  </tr>`;
}

/** The same scale for all phases, so that they can be compared by eye. */
interface Scale {
  readonly from: number;
  readonly to: number;
  readonly binOf: (milliseconds: number) => number;
}

function logScale(times: readonly number[]): Scale {
  const shown = (milliseconds: number): number => Math.max(1, milliseconds);
  const [from, to] = times.reduce<[number, number]>(
    ([low, high], time) => [Math.min(low, shown(time)), Math.max(high, shown(time))],
    [Infinity, 1],
  );
  const width = Math.max(Math.log(to / from), 1e-9);
  return {
    from,
    to,
    binOf: (time) => Math.min(bins - 1, Math.floor((Math.log(shown(time) / from) / width) * bins)),
  };
}

/** The numbers stand in the next cells, so the picture is hidden from screen readers. */
function histogram(times: readonly number[], { binOf }: Scale): Markup {
  const counts = Map.groupBy(times, binOf);
  const most = Math.max(...[...counts.values()].map(({ length }) => length));
  const bars = [...counts].map(([bin, { length }]) => {
    const height = Math.max(3, (20 * length) / most);
    return html`<rect
      class="phase"
      x="${bin}"
      y="${(20 - height).toFixed(1)}"
      width="0.9"
      height="${height.toFixed(1)}"
    />`;
  });
  return html`<svg class="bar tall" viewBox="0 0 ${bins} 20" preserveAspectRatio="none" aria-hidden="true">
    ${bars}
  </svg>`;
}
