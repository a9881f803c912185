// SPDX-License-Identifier: Apache-2.0
import type { BlockFinding } from "./pattern.ts";
import { logSlots, turnsOf, type LogProgress, type RecordLog } from "./record-log.ts";
import { expandRuns, type FindingRun } from "./runs.ts";

/** What one volume of a log holds: a finding for each slot, in the order of writing. */
export interface LogReport {
  readonly runs: readonly FindingRun[];
}

/** In what way a log is wrong. */
export type LogFault =
  /** A record that was synced before the moment is not there. */
  | "lost"
  /** A record is missing though a later one of the same volume is there. */
  | "gap"
  /** Half of a record. */
  | "torn"
  /** The bytes of a record changed. */
  | "damaged"
  /** Another volume's record, or bytes the kit never wrote. */
  | "foreign"
  /** A record at another place than its own. */
  | "shifted"
  /** A record from after the moment. */
  | "late"
  /** The volumes of one log are of different moments. */
  | "not one moment";

/** Whether a log is a prefix of what was written that ends within the given bounds, and in words what it is instead. */
export interface LogVerdict {
  readonly faults: readonly LogFault[];
  /** Records of the prefix. */
  readonly records: number;
  /** `as expected`, or every kind of fault with its first example. */
  readonly words: string;
}

/** Records: all below `acknowledged` must be there, none from `begun` on may be. */
export function compareLog(log: RecordLog, moment: LogProgress, found: readonly LogReport[]): LogVerdict {
  const faults = new Map<LogFault, string>();
  const note = (fault: LogFault, words: string): void => {
    if (!faults.has(fault)) faults.set(fault, words);
  };
  const turns = found.map((report, member) => judgeMember(log, member, report, note));
  const records = turns.reduce((sum, count) => sum + count, 0);
  turns.forEach((count, member) => {
    if (count === turnsOf(records, member, log.members)) return;
    const words = turns.map((one, number) => `volume ${String(number)} ends with turn ${String(one)}`);
    note("not one moment", words.join(", "));
  });
  if (records < moment.acknowledged)
    note("lost", `${String(records)} records where ${String(moment.acknowledged)} were synced before`);
  if (records > moment.begun)
    note("late", `${String(records)} records where only ${String(moment.begun)} had been begun`);
  const words = [...faults].map(([fault, example]) => `${fault}: ${example}`).join("; ");
  return { faults: [...faults.keys()], records, words: words === "" ? "as expected" : words };
}

type Note = (fault: LogFault, words: string) => void;

/** Returns how many turns the volume knows of: its latest record's, gaps or not. */
function judgeMember(log: RecordLog, member: number, report: LogReport, note: Note): number {
  const findings = [...expandRuns(report.runs)];
  const own = findings.map((finding, place) => turnIn(log, { member, place }, finding, note));
  const turns = Math.max(0, ...own.map((turn) => (turn ?? -1) + 1));
  findings.forEach((finding, place) => {
    const expected = latestTurn(turns, place);
    if (expected === undefined || own[place] === expected) return;
    // What is there instead of the record has a word of its own already.
    if (finding.kind !== "empty" && own[place] === undefined) return;
    const seen = own[place] === undefined ? "nothing" : `turn ${String(own[place])}`;
    note(
      "gap",
      `volume ${String(member)} holds turn ${String(turns - 1)}, yet ${seen} where turn ${String(expected)} was written before it`,
    );
  });
  if (findings.length < logSlots)
    note("lost", `volume ${String(member)} has only ${String(findings.length)} of ${String(logSlots)} slots`);
  return turns;
}

/** The turn that a slot must hold when `turns` turns were written; undefined when it was not reached. */
function latestTurn(turns: number, place: number): number | undefined {
  if (place >= turns) return undefined;
  return place + Math.floor((turns - 1 - place) / logSlots) * logSlots;
}

interface Where {
  readonly member: number;
  readonly place: number;
}

/** The turn of the record in a slot; undefined when there is none that belongs there. */
function turnIn(
  log: RecordLog,
  { member, place }: Where,
  finding: BlockFinding,
  note: Note,
): number | undefined {
  const where = `volume ${String(member)}, slot of turn ${String(place)}`;
  switch (finding.kind) {
    case "empty":
      return undefined;
    case "torn":
      note("torn", `${where}: ${String(finding.missingSectors)} of 8 sectors are not the record's`);
      return undefined;
    case "damaged":
      note("damaged", `${where}: changed from byte ${String(finding.firstByte)} on`);
      return undefined;
    case "unknown":
      note("foreign", `${where}: bytes the kit never wrote (${finding.firstBytes}…)`);
      return undefined;
    case "valid":
      if (finding.case !== log.case || finding.volume !== log.volume || finding.generation !== member) {
        note("foreign", `${where}: a record of another log or volume`);
        return undefined;
      }
      if (finding.index % logSlots !== place) {
        note("shifted", `${where}: the record of turn ${String(finding.index)}`);
        return undefined;
      }
      return finding.index;
  }
}
