// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEnvelope } from "../report/attest/envelope.ts";
import { verifyReport } from "../report/attest/verify.ts";
import { sampleReport } from "../report/report.test-data.ts";
import { troubledCases } from "../report/troubled-cases.test-data.ts";
import { expectNoEarlierRun, hashFiles, readReportFolder, resolveReportFolder } from "./report-folder.ts";
import { writeReportFiles } from "./write-report-files.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-report-"));
  const report = sampleReport({ cases: troubledCases() });
  for (const path of report.cases.flatMap(({ evidence }) => evidence)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `evidence of ${path}\n`);
  }
  await writeFile(join(folder, "results.ndjson"), "not part of the report\n");
  await writeReportFiles(report, folder);
});

afterEach(() => rm(folder, { recursive: true }));

async function problems(): Promise<readonly string[]> {
  return verifyReport(await readReportFolder(folder)).problems;
}

test("a report as it was written is whole", async () => {
  expect(await problems()).toEqual([]);
});

test("any changed byte of any file is found", async () => {
  const paths = [...(await hashFiles(folder)).map(({ path }) => path), "report.intoto.json"];
  expect(paths).toHaveLength(7);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (path, at, flip) => {
        const file = join(folder, path);
        const before = await readFile(file);
        const after = Buffer.from(before);
        const index = at % before.length;
        after.writeUInt8(after.readUInt8(index) ^ flip, index);
        await writeFile(file, after);
        // white space between the envelope's fields says nothing
        const isLayout = path === "report.intoto.json" && saysTheSame(before, after);
        expect((await problems()).length > 0 || isLayout).toBe(true);
        await writeFile(file, before);
      },
    ),
    { numRuns: 60 },
  );
  expect(await problems()).toEqual([]);
});

function saysTheSame(a: Buffer, b: Buffer): boolean {
  try {
    const [one, other] = [a, b].map((text) => openEnvelope(text.toString()));
    return isDeepStrictEqual(one?.statement, other?.statement);
  } catch {
    return false;
  }
}

test("a truncated, a missing and an extra file are named", async () => {
  const page = join(folder, "report.html");
  await writeFile(page, (await readFile(page)).subarray(0, 1000));
  await rm(join(folder, "evidence/placement/disk-follows-pod/events.txt"));
  await writeFile(join(folder, "evidence/more.log"), "");
  await symlink("/etc/hostname", join(folder, "evidence/link.log"));
  const found = (await problems()).join("\n");
  expect(found).toMatch(/^report\.html was changed/m);
  expect(found).toMatch(
    /^evidence\/placement\/disk-follows-pod\/events\.txt is missing: the attestation names it/m,
  );
  expect(found).toMatch(/^evidence\/more\.log does not belong to the report/m);
  expect(found).toMatch(/^evidence\/link\.log does not belong to the report/m);
});

test("a report is found by its folder and by its JSON, and nothing else is taken for one", async () => {
  expect(await resolveReportFolder(folder)).toBe(folder);
  expect(await resolveReportFolder(join(folder, "report.json"))).toBe(folder);
  for (const path of ["report.html", "nothing"])
    await expect(resolveReportFolder(join(folder, path))).rejects.toMatchObject({
      code: "REPORT_MISSING",
      kind: "usage",
    });
});

test("a folder that holds an earlier run is not written over", async () => {
  await expect(expectNoEarlierRun(folder)).rejects.toMatchObject({ code: "OUT_NOT_EMPTY", kind: "usage" });
  await expect(expectNoEarlierRun(join(folder, "new"))).resolves.toBeUndefined();
});
