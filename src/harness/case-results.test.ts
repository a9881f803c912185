// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { CaseMeta } from "../catalogue/case.ts";
import { sampleCase } from "../report/report.test-data.ts";
import { errorResult } from "./case-results.ts";

const { id, title, covers, features } = sampleCase();
const meta = { title, covers, features } as unknown as CaseMeta;

test.each([
  ["seaworthy certify --case {case} --keep", `seaworthy certify --case ${id} --keep`],
  ["seaworthy prove --mutant x --keep", "seaworthy prove --mutant x --keep"],
])("by `%s` a case is run again with `%s`", (rerun, command) => {
  expect(errorResult({ id, meta }, { rerun }, "lost").reproduce).toBe(command);
});
