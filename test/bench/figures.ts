// SPDX-License-Identifier: Apache-2.0

/** One measured figure. */
export interface Figure {
  readonly name: string;
  /** In `unit`; of a ratio the share. */
  readonly value: number;
  readonly unit: "ms" | "s" | "MiB" | "MiB/s" | "ratio";
  /** What the project set itself; nothing fails when it is missed. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  /** How it was measured, and what else belongs to it. */
  readonly how: string;
}

/** The smallest value that at least this share of all values does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError("nothing was measured");
  return found;
}

/** Whether a figure is what the project set itself; undefined when it set nothing. */
export function isMet({ value, goal }: Figure): boolean | undefined {
  if (goal === undefined) return undefined;
  return "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** One line: name, value, goal, how. */
export function figureLine(figure: Figure): string {
  const { name, value, unit, goal, how } = figure;
  const set =
    goal === undefined
      ? ""
      : "atMost" in goal
        ? `goal ≤ ${inUnit(goal.atMost, unit)}`
        : `goal ≥ ${inUnit(goal.atLeast, unit)}`;
  const mark = { true: "✔", false: "✖", undefined: " " }[
    String(isMet(figure)) as "true" | "false" | "undefined"
  ];
  return `${mark} ${name.padEnd(44)} ${inUnit(value, unit).padStart(11)}  ${set.padEnd(14)}  ${how}`.trimEnd();
}

function inUnit(value: number, unit: Figure["unit"]): string {
  if (unit === "ratio") return `${(value * 100).toFixed(0)} %`;
  return `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
}

const BAR = 40;

/** A histogram in text: equal classes from nothing to the largest value. */
export function histogram(values: readonly number[], unit: string, classes = 10): string[] {
  const width = niceWidth(Math.max(...values) / classes);
  const classOf = (value: number): number => Math.floor(value / width);
  const counts = Array.from(
    { length: classOf(Math.max(...values)) + 1 },
    (_, index) => values.filter((value) => classOf(value) === index).length,
  );
  const most = Math.max(...counts);
  return counts.map((count, index) => {
    const range = `${String(index * width)}–${String((index + 1) * width)} ${unit}`;
    return `  ${range.padStart(16)} ${"█".repeat(Math.ceil((count / most) * BAR))} ${String(count)}`;
  });
}

/** 1, 2 or 5 times a power of ten, at least 1. */
function niceWidth(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return ([1, 2, 5].find((step) => step * power >= least) ?? 10) * power;
}
