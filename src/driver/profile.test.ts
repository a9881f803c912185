// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { features } from "../catalogue/features.ts";
import { packageRoot } from "../support/paths.ts";
import { parseYaml } from "../support/yaml.ts";
import { timeoutTable } from "./profile-timeouts.ts";
import { driverProfile, readDriverProfile } from "./profile.ts";

const file = join(packageRoot, "fixtures/drivers/reference/profile.yaml");

test("the reference driver's profile is valid and gets the default times", async () => {
  const profile = await readDriverProfile(file);
  expect(profile.spec.driver.name).toBe("local.seaworthy.dev");
  expect(profile.spec.timeouts.podReady).toBe(timeoutTable.podReady.default);
});

test.each([
  ["the delayed class", "delayed: seaworthy-local, ", "storageClasses.delayed"],
  ["the immediate class", ", immediate: seaworthy-local-immediate", "storageClasses.immediate"],
  ["the limit of a node", "  limits: { volumesPerNode: 64 }\n", "limits.volumesPerNode"],
  [
    "where static volumes are found",
    "  staticVolumes: { class: seaworthy-static, folder: /mnt/seaworthy-static/local.seaworthy.dev }\n",
    "staticVolumes",
  ],
  ["the snapshot class", "  snapshotClass: seaworthy-local\n", "snapshotClass"],
])("a claim needs %s", async (_what, removed, path) => {
  const text = (await readFile(file, "utf8")).replace(removed, "");
  expect(() => parseYaml(text, "profile.yaml", driverProfile)).toThrow(
    `spec.${path}: found nothing, expected a `,
  );
});

test("a feature claimed twice is refused on its line", async () => {
  const given = await readFile(file, "utf8");
  const [head = "", first = ""] = /^ {2}features:\n {4}- (\S+)\n/m.exec(given) ?? [];
  const before = given.slice(0, given.indexOf(head)) + head;
  const text = given.replace(head, `${head}    - ${first}\n`);
  const place = `profile.yaml:${String(before.split("\n").length)}: spec.features[1]`;
  expect(() => parseYaml(text, "profile.yaml", driverProfile)).toThrow(
    `${place}: found "${first}", expected each feature once`,
  );
});

test("the documentation lists every feature and every wait with its length", async () => {
  const text = await readFile(join(packageRoot, "docs/driver-profile.md"), "utf8");
  for (const { name, description } of features) expect(text).toContain(`| \`${name}\` | ${description} |`);
  for (const [name, wait] of Object.entries(timeoutTable)) {
    expect(text).toContain(`| \`${name}\` | ${String(wait.default)} | ${wait.description} |`);
  }
});
