// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "./hash-sources.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-hash-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data/one.ts"), "1");
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ["a changed byte", () => writeFile(join(folder, "data/one.ts"), "2"), true],
  ["one more module", () => writeFile(join(folder, "two.ts"), ""), true],
  ["another name", () => rename(join(folder, "data/one.ts"), join(folder, "data/two.ts")), true],
  ["a test", () => writeFile(join(folder, "data/one.test.ts"), ""), false],
  ["a page", () => writeFile(join(folder, "README.md"), ""), false],
] as const)("after %s", async (_what, change, another) => {
  const before = await hashSources(folder);
  await change();
  expect((await hashSources(folder)) !== before).toBe(another);
});
