// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createNodeFiles } from "./node-files.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "seaworthy-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = () => createNodeFiles("n1", path.join(folder, "pools.json"), path.join(folder, "lvm"));
const read = (file: string) => readFile(path.join(folder, file), "utf8");

it("begins on a node without any file", async () => {
  expect(await files().readPools()).toEqual([]);
  await files().addPool({ class: "fast", volumeGroup: "vg" });
  await files().admitDevice("/dev/sdb");
  expect(await files().readPools()).toEqual([{ class: "fast", volumeGroup: "vg" }]);
  expect(await read("lvm/lvm.conf")).toContain('"a|^/dev/sdb$|"');
  expect(await read("lvm/lvmlocal.conf")).toContain('system_id = "n1"');
  expect((await readdir(folder)).sort()).toEqual(["lvm", "pools.json"]);
});

it("keeps what others wrote of their pools", async () => {
  const made = { node: "n1", pools: [{ class: "standard", volumeGroup: "a", device: "/dev/loop5" }] };
  await writeFile(path.join(folder, "pools.json"), JSON.stringify(made));
  await files().addPool({ class: "fast", volumeGroup: "b" });
  expect(JSON.parse(await read("pools.json"))).toEqual({
    node: "n1",
    pools: [...made.pools, { class: "fast", volumeGroup: "b" }],
  });
});

it("does not take another node's file for its own", async () => {
  await writeFile(path.join(folder, "pools.json"), '{"node": "n2", "pools": []}');
  await expect(files().readPools()).rejects.toThrow("is for node n2, this is n1");
});
