// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type KitError, isKitError } from "./errors.ts";
import { parseYaml, readYaml } from "./yaml.ts";

function failureOf(run: () => unknown): KitError {
  try {
    run();
  } catch (thrown) {
    if (isKitError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

const shape = z.strictObject({
  name: z.string(),
  size: z.union([z.int(), z.string().regex(/^\d+Gi$/)]).optional(),
  pool: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("lvm"), group: z.string() }),
      z.strictObject({ kind: z.literal("zfs"), dataset: z.string() }),
    ])
    .optional(),
  labels: z.record(z.string().regex(/^[a-z]+$/), z.string()).optional(),
});

test.each([
  ["an empty file", "", "f.yaml:1: the file: found null, expected a mapping"],
  ["a list", "- a", "f.yaml:1: the file: found a list, expected a mapping"],
  ["a missing field", "size: 3", "f.yaml:1: name: found nothing, expected a text"],
  [
    "a wrong kind in a choice",
    "name: a\nsize: [1]",
    "f.yaml:2: size: found a list, expected a number or a text",
  ],
  [
    "a near miss in a choice",
    "name: a\nsize: 4GB",
    'f.yaml:2: size: found "4GB", expected a text like /^\\d+Gi$/',
  ],
  [
    "a field of a variant",
    "name: a\npool:\n  kind: lvm\n  groop: x\n  group: y",
    "f.yaml:4: pool.groop: unknown field, did you mean group?",
  ],
  ["an unknown variant", "name: a\npool: { kind: btrfs }", "f.yaml:2: pool.kind: "],
  [
    "a bad name",
    "name: a\nlabels:\n  A1: x",
    "f.yaml:3: labels.A1: the name is not allowed: expected a text like /^[a-z]+$/",
  ],
  ["an alias", "name: &n [1]\nsize: *n", "f.yaml:1: name: found a list, expected a text"],
])("%s", (_what, text, message) => {
  expect(failureOf(() => parseYaml(text, "f.yaml", shape)).message).toContain(message);
});

test.each([
  ["a tab", "name:\n\t- a", 2],
  ["a repeated field", "name: a\nname: b", 2],
  ["two documents", "name: a\n---\nname: b", 2],
  ["an open bracket", "name: [a\n", 2],
  ["an unknown tag", "name: !secret a", 1],
])("%s is a syntax error with its line", (_what, text, line) => {
  const error = failureOf(() => parseYaml(text, "f.yaml", shape));
  expect(error).toMatchObject({ code: "YAML_SYNTAX", kind: "usage" });
  expect(error.message).toContain(`f.yaml:${String(line)}: `);
});

test("aliases that multiply are refused, not expanded", () => {
  const levels = Array.from(
    { length: 8 },
    (_, n) => `a${String(n + 1)}: &a${String(n + 1)} [${`*a${String(n)}, `.repeat(9)}]`,
  );
  const bomb = ["a0: &a0 x", ...levels].join("\n");
  expect(failureOf(() => parseYaml(bomb, "f.yaml", z.unknown())).code).toBe("YAML_SYNTAX");
});

describe("on disk", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "yaml-"));
    await writeFile(join(folder, "three-zones.yaml"), "name: a\n");
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("a good file is read", async () => {
    await expect(readYaml(join(folder, "three-zones.yaml"), shape)).resolves.toEqual({ name: "a" });
  });

  test.each([
    ["tree-zones.yaml", "YAML_MISSING", "Did you mean three-zones.yaml?"],
    ["racks.yaml", "YAML_MISSING", "In the same folder: three-zones.yaml."],
    ["none/racks.yaml", "YAML_MISSING", "Check the path; it is read from the current folder."],
    [".", "YAML_UNREADABLE", undefined],
  ])("%s: %s", async (name, code, hint) => {
    await expect(readYaml(join(folder, name), shape)).rejects.toMatchObject({ code, kind: "usage", hint });
  });
});
