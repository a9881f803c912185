// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findDependencies } from "./kit-dependencies.ts";

let top = "";
beforeEach(async () => void (top = await mkdtemp(join(tmpdir(), "seaworthy-dependencies-"))));
afterEach(async () => rm(top, { recursive: true }));

async function install(place: string, file: object): Promise<string> {
  const folder = join(top, place);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(file));
  return folder;
}

async function places(packageTop: string): Promise<string[]> {
  return (await findDependencies(packageTop)).map(({ place }) => place);
}

beforeEach(async () => {
  await install("node_modules/a", {
    dependencies: { b: "1" },
    peerDependencies: { c: "1", d: "1" },
    peerDependenciesMeta: { d: { optional: true } },
  });
  await install("node_modules/a/node_modules/b", {});
  await install("node_modules/b", { optionalDependencies: { "not-of-this-platform": "1" } });
  await install("node_modules/c", { dependencies: { a: "1" } });
  await install("node_modules/d", {});
  await install("node_modules/only-for-tests", {});
});

test("a checkout needs what Node.js would find, each in its place, and nothing for development", async () => {
  await install(".", { dependencies: { a: "1", b: "2" }, devDependencies: { "only-for-tests": "1" } });
  expect(await places(top)).toEqual([
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/b",
    "node_modules/c",
  ]);
});

test("an installed package finds its dependencies beside itself", async () => {
  const own = await install("node_modules/seaworthy", { dependencies: { b: "2", e: "1" } });
  await install("node_modules/seaworthy/node_modules/e", {});
  expect(await places(own)).toEqual(["node_modules/b", "node_modules/seaworthy/node_modules/e"]);
});
