// SPDX-License-Identifier: Apache-2.0
import { appendFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Journal } from "./journal.ts";

let home = "";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-journal-"));
  vi.stubEnv("XDG_STATE_HOME", home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const folder = { kind: "folder", path: "/a" } as const;
const loop = { kind: "loop-device", backingFile: "/a/b.img" } as const;

test("Entries are on disk in their order, for their owner only", async () => {
  const journal = new Journal("c");
  await journal.record(folder);
  await journal.record(loop);
  expect(await new Journal("c").entries()).toEqual([folder, loop]);
  expect((await stat(journal.file)).mode & 0o777).toBe(0o600);
});

test("A last line cut short by a crash is left out, a damaged one in the middle is an error that names its line", async () => {
  const journal = new Journal("c");
  await journal.record(folder);
  await appendFile(journal.file, '{"kind":"loop-dev');
  expect(await journal.entries()).toEqual([folder]);
  await appendFile(journal.file, "\n");
  await expect(journal.entries()).rejects.toMatchObject({
    code: "JOURNAL_DAMAGED",
    message: expect.stringContaining("c.ndjson:2") as string,
  });
});

test("All journals are found, the engine's last, and a closed one is forgotten", async () => {
  for (const name of ["engine", "sw-b", "sw-a"]) await new Journal(name).record(folder);
  expect((await Journal.all()).map((journal) => journal.name)).toEqual(["sw-a", "sw-b", "engine"]);
  await new Journal("sw-a").close();
  expect((await Journal.all()).map((journal) => journal.name)).toEqual(["sw-b", "engine"]);
  await expect(readFile(new Journal("sw-a").file)).rejects.toThrow();
});
