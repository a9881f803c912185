// SPDX-License-Identifier: Apache-2.0
import type { BlockFinding } from "./pattern.ts";

/** Neighbouring blocks with the same finding; in a run of valid ones index and sequence count up. */
export interface FindingRun {
  readonly count: number;
  /** The finding of the first block of the run. */
  readonly finding: BlockFinding;
}

/** What a reader reports about a run of blocks: small enough to print, exact enough to compare. */
export interface BlockReport {
  /** Bytes that could be read. */
  readonly bytes: number;
  /** CRC-32 of all of them, made without looking at blocks. */
  readonly checksum: number;
  readonly runs: readonly FindingRun[];
}

/** Appends one finding, extending the last run where it continues it. */
export function appendFinding(runs: FindingRun[], finding: BlockFinding): void {
  const last = runs.at(-1);
  if (last !== undefined && continues(last, finding))
    runs[runs.length - 1] = { ...last, count: last.count + 1 };
  else runs.push({ count: 1, finding });
}

/** The findings one by one, in order. */
export function* expandRuns(runs: readonly FindingRun[]): Generator<BlockFinding> {
  for (const { count, finding } of runs) {
    for (let step = 0; step < count; step++) yield advance(finding, step);
  }
}

function advance(finding: BlockFinding, step: number): BlockFinding {
  if (finding.kind !== "valid") return finding;
  return { ...finding, index: finding.index + step, sequence: finding.sequence + step };
}

function continues(run: FindingRun, finding: BlockFinding): boolean {
  const next = advance(run.finding, run.count);
  if (next.kind === "empty") return finding.kind === "empty";
  if (next.kind !== "valid" || finding.kind !== "valid") return false;
  return (
    next.case === finding.case &&
    next.volume === finding.volume &&
    next.index === finding.index &&
    next.generation === finding.generation &&
    next.sequence === finding.sequence
  );
}
