// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exec } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";
import { Journal } from "./journal.ts";
import { isScratch, withScratchFolder } from "./scratch-folder.ts";
import { undoJournal } from "./undo.ts";

let home = "";
let parent = "";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-scratch-test-"));
  parent = join(home, "tmp");
  await mkdir(parent);
  vi.stubEnv("XDG_STATE_HOME", join(home, "state"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

const found = () => readdir(parent);

test("the folder is in a journal while there is work in it, and afterwards neither is left", async () => {
  await withScratchFolder(
    "images",
    async (folder) => {
      const [journal, ...others] = await Journal.all();
      expect(others).toEqual([]);
      expect(journal && isScratch(journal)).toBe(true);
      expect(await journal?.entries()).toEqual([{ kind: "folder", path: folder }]);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      await writeFile(join(folder, "image.tar"), "x");
    },
    parent,
  );
  expect([await found(), await Journal.all()]).toEqual([[], []]);
});

test("work that fails leaves neither", async () => {
  const work = withScratchFolder("images", () => Promise.reject(new Error("no space")), parent);
  await expect(work).rejects.toThrow("no space");
  expect([await found(), await Journal.all()]).toEqual([[], []]);
});

test("without a journal nothing is made", async () => {
  await writeFile(join(home, "state"), "a file where the folder of journals belongs");
  const work = vi.fn(() => Promise.resolve());
  await expect(withScratchFolder("images", work, parent)).rejects.toThrow();
  expect(work).not.toHaveBeenCalled();
  expect(await found()).toEqual([]);
});

test("what a killed process leaves is in the journal, which removes it", async () => {
  const module = join(packageRoot, "src/cluster/scratch-folder.ts");
  const script = `
    const { withScratchFolder } = await import(${JSON.stringify(module)});
    await withScratchFolder("images", () => process.kill(process.pid, "SIGKILL"), ${JSON.stringify(parent)});`;
  await exec([process.execPath, "--input-type=module", "--eval", script], { allowFailure: true });
  expect(await found()).toHaveLength(1);
  for (const journal of await Journal.all()) await undoJournal(journal, () => undefined);
  expect([await found(), await Journal.all()]).toEqual([[], []]);
});
