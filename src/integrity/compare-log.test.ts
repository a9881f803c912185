// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareLog, type LogFault, type LogReport } from "./compare-log.ts";
import { blockSize, inspectBlock, makeBlock, sectorSize } from "./pattern.ts";
import { logSlots, recordLog, slotOf, turnsOf } from "./record-log.ts";
import { appendFinding, type FindingRun } from "./runs.ts";

const one = recordLog("snapshot/a", "ledger", 1);
const three = recordLog("snapshot/a", "ledger", 3);

/** The slots of one member after so many of its turns, by place in the order of writing. */
function slotsAfter(turns: number, member = 0, owner = "ledger"): Buffer[] {
  const { case: caseHash, volume } = recordLog("snapshot/a", owner, 1);
  const slots: Buffer[] = Array.from({ length: logSlots }, () => Buffer.alloc(blockSize));
  for (let turn = Math.max(0, turns - logSlots); turn < turns; turn++)
    slots[turn % logSlots] = makeBlock({
      case: caseHash,
      volume,
      index: turn,
      generation: member,
      sequence: turn,
    });
  return slots;
}

function report(slots: readonly Buffer[]): LogReport {
  const runs: FindingRun[] = [];
  for (const slot of slots) appendFinding(runs, inspectBlock(slot));
  return { runs };
}

function changed(turns: number, edit: (slots: Buffer[]) => void): LogReport {
  const slots = slotsAfter(turns);
  edit(slots);
  return report(slots);
}

test("Neighbouring turns are far apart on the disk, and each has a slot of its own", () => {
  const slots = Array.from({ length: logSlots }, (_unused, turn) => slotOf(turn));
  expect(new Set(slots).size).toBe(logSlots);
  expect(slots.slice(0, 4)).toEqual([0, logSlots / 2, logSlots / 4, (logSlots * 3) / 4]);
});

test.each([0, 1, 7, logSlots - 1, logSlots, logSlots + 1, 3 * logSlots + 5])(
  "A log of %i records is as expected",
  (records) => {
    const verdict = compareLog(one, { acknowledged: records, begun: records }, [report(slotsAfter(records))]);
    expect(verdict).toEqual({ faults: [], records, words: "as expected" });
  },
);

const bounds = { acknowledged: 90, begun: 110 };

const wrong: [LogFault, string, LogReport, string][] = [
  ["lost", "a synced record", report(slotsAfter(89)), "lost: 89 records where 90 were synced before"],
  ["late", "records of later", report(slotsAfter(111)), "late: 111 records where only 110 had been begun"],
  [
    "gap",
    "a hole before the end",
    changed(100, (slots) => slots[40]?.fill(0)),
    "gap: volume 0 holds turn 99, yet nothing where turn 40 was written before it",
  ],
  [
    "torn",
    "half a record",
    changed(100, (slots) => slots[99]?.fill(0, 4 * sectorSize)),
    "torn: volume 0, slot of turn 99: 4 of 8 sectors are not the record's",
  ],
  [
    "damaged",
    "a flipped bit",
    changed(100, (slots) => slots[5]?.writeUInt8((slots[5].readUInt8(700) ^ 1) & 255, 700)),
    "damaged: volume 0, slot of turn 5: changed from byte 700 on",
  ],
  [
    "foreign",
    "another log's record",
    changed(100, (slots) => slotsAfter(6, 0, "other")[5]?.copy(slots[5] ?? Buffer.alloc(0))),
    "foreign: volume 0, slot of turn 5: a record of another log or volume",
  ],
  [
    "foreign",
    "bytes of nobody",
    changed(100, (slots) => slots[5]?.fill("XFSB")),
    "foreign: volume 0, slot of turn 5: bytes the kit never wrote (5846534258465342…)",
  ],
  [
    "shifted",
    "a record in another's slot",
    changed(100, (slots) => slots[6]?.copy(slots[5] ?? Buffer.alloc(0))),
    "shifted: volume 0, slot of turn 5: the record of turn 6",
  ],
];

test.each(wrong)("A log is called %s: %s", (fault, _what, found, words) => {
  const verdict = compareLog(one, bounds, [found]);
  expect(verdict.faults).toEqual([fault]);
  expect(verdict.words).toBe(words);
});

test("A log that went round shows a slot left behind as a gap", () => {
  const turns = logSlots + 50;
  const slots = slotsAfter(turns);
  slotsAfter(logSlots)[10]?.copy(slots[10] ?? Buffer.alloc(0));
  expect(compareLog(one, { acknowledged: turns, begun: turns }, [report(slots)]).words).toBe(
    `gap: volume 0 holds turn ${String(turns - 1)}, yet turn 10 where turn ${String(logSlots + 10)} was written before it`,
  );
});

test("A volume without the file has lost everything", () => {
  expect(compareLog(one, bounds, [{ runs: [] }]).faults).toEqual(["lost"]);
});

test("A record that was never written is missed: the positive control", () => {
  const found = [report(slotsAfter(110))];
  expect(compareLog(one, { acknowledged: 111, begun: 111 }, found).faults).toEqual(["lost"]);
});

test("Volumes cut at one moment are a prefix together, whatever the moment", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 * 200 }), (records) => {
      const members = [0, 1, 2].map((member) => report(slotsAfter(turnsOf(records, member, 3), member)));
      const verdict = compareLog(three, { acknowledged: records, begun: records }, members);
      return verdict.words === "as expected" && verdict.records === records;
    }),
    { numRuns: 20 },
  );
});

test.each([[[10, 10, 12]], [[10, 12, 12]], [[12, 10, 10]]])(
  "Volumes that end with turns %j are not of one moment",
  (turns) => {
    const members = turns.map((count, member) => report(slotsAfter(count, member)));
    expect(compareLog(three, { acknowledged: 30, begun: 40 }, members).faults).toEqual(["not one moment"]);
  },
);
