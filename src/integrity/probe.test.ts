// SPDX-License-Identifier: Apache-2.0
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compareBlocks } from "./compare.ts";
import { compareTree } from "./compare-tree.ts";
import { compareLog } from "./compare-log.ts";
import { expectBlocks } from "./expected-blocks.ts";
import { hashName } from "./pattern.ts";
import { askLog, startLogService } from "./probe/log-service.ts";
import { readLog } from "./probe/read-log.ts";
import { readBlocks } from "./probe/read-blocks.ts";
import { readTree } from "./probe/read-tree.ts";
import { measureSizes } from "./probe/sizes.ts";
import { writeBlocks } from "./probe/write-blocks.ts";
import { writeTree } from "./probe/write-tree.ts";
import { recordLog } from "./record-log.ts";
import { planTree } from "./tree-plan.ts";

const first = expectBlocks("c", "source", 1, 3);
const second = expectBlocks("c", "source", 2, 3);
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seaworthy-probe-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("Blocks on a real file system read back as written, past the page cache", async () => {
  const path = join(folder, "blocks");
  expect(await readBlocks(path)).toMatchObject({ bytes: 0, runs: [] });
  const written = await writeBlocks(path, first);
  const read = await readBlocks(path);
  expect(read).toMatchObject({ bytes: written.bytes, direct: written.direct });
  expect(compareBlocks(first, read).words).toBe("as expected");
  await writeBlocks(path, second);
  expect(compareBlocks(first, await readBlocks(path)).faults.map((one) => one.fault)).toEqual(["newer"]);
  expect(compareBlocks(second, await readBlocks(path)).words).toBe("as expected");
});

test("A shorter generation truncates the file, and a cut file is read to its end", async () => {
  const path = join(folder, "blocks");
  await writeBlocks(path, first);
  const small = expectBlocks("c", "source", 2, 1);
  await writeBlocks(path, small);
  expect(compareBlocks(small, await readBlocks(path)).words).toBe("as expected");
  truncateSync(path, 5000);
  expect(compareBlocks(small, await readBlocks(path)).faults.map((one) => one.fault)).toEqual(["truncated"]);
});

test("A tree on a real file system is the planned one, and the next generation leaves nothing of it", () => {
  const root = join(folder, "tree");
  const one = planTree("c", "source", 1);
  const two = planTree("c", "source", 2);
  writeTree(root, one);
  expect(compareTree(one, readTree(root)).words).toBe("as expected");
  expect(compareTree(two, readTree(root)).differences.length).toBeGreaterThan(40);
  writeTree(root, two);
  expect(compareTree(two, readTree(root)).words).toBe("as expected");
});

test("Each change to a tree has its word", () => {
  const plan = planTree("c", "source", 1);
  const root = join(folder, "tree");
  const change = (edit: () => void): unknown => {
    writeTree(root, plan);
    edit();
    return compareTree(plan, readTree(root)).differences.map(({ fault, path }) => `${fault} ${path}`);
  };
  expect(
    change(() => {
      rmSync(join(root, "one byte"));
    }),
  ).toEqual(["missing one byte"]);
  expect(
    change(() => {
      writeFileSync(join(root, "extra"), "");
    }),
  ).toEqual(["unexpected extra"]);
  expect(
    change(() => {
      chmodSync(join(root, "run.sh"), 0o644);
    }),
  ).toEqual(["mode run.sh"]);
  expect(
    change(() => {
      utimesSync(join(root, "run.sh"), 1, 1);
    }),
  ).toEqual(["time run.sh"]);
  expect(
    change(() => {
      appendFileSync(join(root, "run.sh"), "x");
    }),
  ).toEqual(["size run.sh", "time run.sh"]);
  expect(
    change(() => {
      writeFileSync(join(root, "many/001"), Buffer.alloc(64));
    }),
  ).toEqual(["content many/001", "time many/001"]);
  expect(
    change(() => {
      rmSync(root, { recursive: true });
    }),
  ).toHaveLength(plan.entries.length);
  expect(compareTree(plan, []).words).toBe("empty: nothing of the tree is there");
});

test("Sizes come from the file system", () => {
  const sizes = measureSizes(folder);
  expect(sizes.kind).toBe("filesystem");
  expect(sizes.bytes).toBeGreaterThan(sizes.freeBytes ?? Infinity);
});

test("A record log on two volumes is written by a program of its own and is whole where it was stopped", async () => {
  const log = recordLog("c", "ledger", 2);
  const paths = [join(folder, "one"), join(folder, "two")];
  const socket = join(folder, "log.sock");
  const main = join(import.meta.dirname, "probe/main.ts");
  const who = ["--case", hashName("c"), "--owner", hashName("ledger")];
  const volumes = paths.flatMap((path) => ["--volume", path]);
  await startLogService([main, "write-log", "--socket", socket, ...who, ...volumes]);
  const before = await askLog(socket, { until: 25 });
  expect(before.acknowledged).toBeGreaterThanOrEqual(25);
  const refusal = expect(askLog(socket, { refused: true })).rejects.toThrow("refused no record");
  const end = await askLog(socket, { stop: true });
  await refusal;
  expect(end.begun).toBe(end.acknowledged);
  expect(compareLog(log, end, paths.map(readLog))).toMatchObject({
    words: "as expected",
    records: end.acknowledged,
  });
  rmSync(join(folder, "two"));
  expect(compareLog(log, end, paths.map(readLog)).faults).toContain("lost");
});
