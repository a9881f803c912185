// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../support/paths.ts";

test.each(["reference", "zonal"])("The kustomization of %s has all of its manifests", async (driver) => {
  const folder = join(packageRoot, "fixtures/drivers", driver);
  const { resources } = parse(await readFile(join(folder, "kustomization.yaml"), "utf8")) as {
    resources: string[];
  };
  const files = (await readdir(join(folder, "manifests"))).map((name) => `manifests/${name}`);
  expect(resources.filter((one) => !one.startsWith("../"))).toEqual(files.toSorted());
});
