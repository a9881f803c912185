// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KillMatrix } from "../report/kill-matrix.ts";
import { killedOnRecord, recordProof } from "./proof-record.ts";

const subject = { catalogue: "c1", mutants: "m1" };
const row = { slug: "m", title: "breaks a", breaks: ["topo/a"], cells: [], killed: true, falseAlarms: [] };
const matrix: KillMatrix = { rows: [row, row], cleanFailures: [], idleCases: [], proven: true };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-record-"));
  file = join(folder, "proofs/kill-matrix.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("a proof of the same cases and mutants is on record", async () => {
  await recordProof(file, matrix, subject);
  expect(await killedOnRecord(file, subject)).toBe(2);
});

test.each([
  ["another case", { ...subject, catalogue: "c2" }],
  ["another mutant", { ...subject, mutants: "m2" }],
])("with %s it is not", async (_what, now) => {
  await recordProof(file, matrix, subject);
  expect(await killedOnRecord(file, now)).toBeUndefined();
});

test("without a record nothing is on record", async () => {
  expect(await killedOnRecord(file, subject)).toBeUndefined();
});

test.each([
  ["a proof that did not hold", JSON.stringify({ subject, ...matrix, proven: false })],
  ["half a file", '{"subject":'],
])("%s is refused with a hint", async (_what, text) => {
  const path = join(folder, "kill-matrix.json");
  await writeFile(path, text);
  await expect(killedOnRecord(path, subject)).rejects.toMatchObject({
    code: "RECORD_INVALID",
    kind: "usage",
  });
});
