// SPDX-License-Identifier: Apache-2.0
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleMeta } from "./catalogue.test-data.ts";
import { caseId, loadCatalogue } from "./load.ts";
import { selectCases } from "./select.ts";

let root = "";
const source = (meta: object): string =>
  `export default { meta: ${JSON.stringify(meta)}, run: async () => {} };\n`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "suites-"));
  for (const folder of ["good/snapshot", "good/placement", "bad/snapshot", "broken/snapshot"])
    await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, "good/snapshot/restores.case.ts"), source(sampleMeta()));
  await writeFile(join(root, "good/snapshot/suite.ts"), "throw new Error('not a case');\n");
  await writeFile(
    join(root, "good/placement/follows.case.ts"),
    source(sampleMeta({ features: ["topology"], needs: { nodes: 2, zones: 2, racks: 2 } })),
  );
  await writeFile(
    join(root, "bad/snapshot/x.case.ts"),
    source({ ...sampleMeta(), features: ["snapshots"], flaky: true }),
  );
  await writeFile(join(root, "broken/snapshot/x.case.ts"), "export default {;\n");
});
afterAll(() => rm(root, { recursive: true }));

test("cases are found by path, imported and sorted by id", async () => {
  const { cases } = await loadCatalogue(join(root, "good"));
  expect(cases.map(({ id }) => id)).toEqual(["placement/follows", "snapshot/restores"]);
  expect(cases[0]?.meta.needs).toEqual({ nodes: 2, zones: 2, racks: 2 });
});

test("the hash is of ids and sources, not of where they lie", async () => {
  const before = await loadCatalogue(join(root, "good"));
  await cp(join(root, "good"), join(root, "moved"), { recursive: true });
  expect((await loadCatalogue(join(root, "moved"))).hash).toBe(before.hash);
  await writeFile(join(root, "moved/snapshot/restores.case.ts"), `${source(sampleMeta())}// changed\n`);
  expect((await loadCatalogue(join(root, "moved"))).hash).not.toBe(before.hash);
});

test("a file that is no case names itself and what is wrong", async () => {
  const loading = loadCatalogue(join(root, "bad"));
  await expect(loading).rejects.toMatchObject({ code: "CASE_INVALID" });
  await expect(loading).rejects.toThrow(/x\.case\.ts: .*default\.meta\.features\.0.*flaky/s);
  await expect(loadCatalogue(join(root, "broken"))).rejects.toThrow(/import .*x\.case\.ts: /);
});

test("ids use slashes on every system", () => {
  expect(caseId("placement\\follows.case.ts")).toBe("placement/follows");
});

test.each([
  [{ cases: [], features: [] }, ["placement/follows", "snapshot/restores"]],
  [{ cases: ["placement"], features: [] }, ["placement/follows"]],
  [{ cases: ["snapshot/restores"], features: [] }, ["snapshot/restores"]],
  [{ cases: [], features: ["topology"] }, ["placement/follows"]],
])("%j selects", async (selection, ids) => {
  const { cases } = await loadCatalogue(join(root, "good"));
  expect(selectCases(cases, selection).map(({ id }) => id)).toEqual(ids);
});

test.each([
  [{ cases: ["snapshot/restore"], features: [] }, "CASE_UNKNOWN", "Did you mean snapshot/restores?"],
  [{ cases: ["colours"], features: [] }, "CASE_UNKNOWN", "There are placement/follows, snapshot/restores."],
  [{ cases: [], features: ["toplogy"] }, "FEATURE_UNKNOWN", "Did you mean topology?"],
  [
    { cases: ["snapshot"], features: ["topology"] },
    "SELECTION_EMPTY",
    expect.stringContaining("seaworthy list") as string,
  ],
])("%j is refused", async (selection, code, hint) => {
  const { cases } = await loadCatalogue(join(root, "good"));
  expect(() => selectCases(cases, selection)).toThrow(expect.objectContaining({ code, kind: "usage", hint }));
});
