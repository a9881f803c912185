// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { watchPoolsFile } from "./watch-pools-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "seaworthy-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("tells when the file is replaced by another content, not by the same", async () => {
  const file = path.join(folder, "pools.json");
  await writeFile(file, "a");
  const { promise, resolve } = Promise.withResolvers<string>();
  let content = "a";
  const stop = await watchPoolsFile(file, () => resolve(content));
  for (content of ["a", "b"]) {
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
    await new Promise((done) => setTimeout(done, 50));
  }
  expect(await promise).toBe("b");
  stop();
});
