// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../src/support/paths.ts";
import { seaworthy } from "../seaworthy.ts";

let home = "";
let env: Record<string, string> = {};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-input-"));
  env = { XDG_STATE_HOME: join(home, "state"), XDG_CACHE_HOME: join(home, "cache") };
});

afterAll(() => rm(home, { recursive: true }));

/** Nothing was made: no state, and in the cache nothing but what the kit's own modules were compiled to. */
async function expectUntouched(): Promise<void> {
  expect((await readdir(home)).filter((name) => name === "state")).toEqual([]);
  const cached = await readdir(join(home, "cache/seaworthy")).catch(() => []);
  expect(cached.filter((name) => name !== "compiled")).toEqual([]);
}

test("An unknown field in a profile is named with file, line and the nearest known field", async () => {
  const file = join(home, "profile.yaml");
  const good = await readFile(join(packageRoot, "fixtures/drivers/reference/profile.yaml"), "utf8");
  await writeFile(file, good.replace("snapshotClass:", "snapshotClas:"));
  const line = good.split("\n").findIndex((text) => text.includes("snapshotClass:")) + 1;
  const { exitCode, stderr } = await seaworthy(["certify", "--driver", file], env);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`:${String(line)}`);
  expect(stderr).toContain("snapshotClas");
  expect(stderr).toMatch(/did you mean "?snapshotClass/i);
  await expectUntouched();
});

test("A cluster shape that does not exist is named, with the nearest that does", async () => {
  const { exitCode, stderr } = await seaworthy(["up", "--cluster", "three-zone"], env);
  expect(exitCode).toBe(3);
  expect(stderr).toBe(
    'seaworthy: no cluster shape is called "three-zone"; there are one-zone, racks, single-node, three-zones, two-zones\n  Hint: did you mean three-zones?',
  );
  await expectUntouched();
});

test("A missing shape file is one line with a hint", async () => {
  const { exitCode, stderr } = await seaworthy(["up", "--cluster", "./nowhere.yaml"], env);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^seaworthy: read .*nowhere\.yaml: there is no such file\n {2}Hint: /);
  await expectUntouched();
});

test("A bad shape names each line, what was found and what was expected", async () => {
  const file = join(home, "shape.yaml");
  await writeFile(
    file,
    "apiVersion: seaworthy.dev/v1\nkind: ClusterShape\nmetadata: { name: x }\nspec:\n  region: r\n  rackLabel: a/b\n  zones:\n    - name: Z\n      racks: []\n",
  );
  const { exitCode, stderr } = await seaworthy(["up", "--cluster", file], env);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/shape\.yaml:8/);
  expect(stderr).toMatch(/shape\.yaml:9/);
  await expectUntouched();
});

test("A wrong flag suggests the right one", async () => {
  const { exitCode, stderr } = await seaworthy(["certify", "--drivr", "x"], env);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Did you mean --driver?");
  await expectUntouched();
});

test("A case that does not exist is named before any cluster is touched", async () => {
  const { exitCode, stderr } = await seaworthy(["certify", "--case", "placement/disk-follows-pods"], env);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Did you mean placement/disk-follows-pod?");
  await expectUntouched();
});
