// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../support/paths.ts";
import { checkProfile } from "./profile-check.ts";

const folder = join(packageRoot, "fixtures/examples/plain-manifests");

test("the example of a vendor's profile is short, names what its manifests make, and claims what cases check", async () => {
  const file = join(folder, "profile.yaml");
  const check = await checkProfile(file, "three-zones");
  expect(check.driver.name).toBe("zonal.example.dev");
  expect(check.install).toEqual({ way: "manifests", objects: 17 });
  expect(check.cases.filter(({ runs }) => runs).length).toBeGreaterThanOrEqual(10);
  expect(check.unproven).toEqual([]);
  expect(check.unfinished).toEqual([]);
  expect((await readFile(file, "utf8")).split("\n").length).toBeLessThan(40);
});

test("the image that the guide has built for it is the one its manifests ask for", async () => {
  const guide = await readFile(join(packageRoot, "docs/certify-your-driver.md"), "utf8");
  const [, name = "no image"] = /seaworthy image --driver zonal --name (\S+) /.exec(guide) ?? [];
  const manifests = await readFile(join(folder, "driver.yaml"), "utf8");
  expect(manifests.split(`image: ${name}\n`)).toHaveLength(3);
});
