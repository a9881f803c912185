// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDriver } from "../../src/cli/open-driver.ts";
import { importTestDriver } from "../../src/driver/import-test-driver.ts";
import { readDriverProfile } from "../../src/driver/profile.ts";
import { testDriver } from "../../src/driver/test-driver.ts";
import { packageRoot } from "../../src/support/paths.ts";
import { testDriverOf } from "./test-driver-of.ts";

test("upstream is told of the copy by the copy's own names", async () => {
  const { profile } = await openDriver("reference", "other");
  const text = JSON.stringify(testDriverOf(profile));
  expect(text).toContain('"Name":"other.local.seaworthy.dev"');
  expect(text).toContain('"FromExistingClassName":"seaworthy-local-other"');
});

test("the definition says of the driver what `profile import` reads out of it", async () => {
  const original = await readDriverProfile(join(packageRoot, "fixtures/drivers/reference/profile.yaml"));
  const { profile } = importTestDriver(testDriver.parse(testDriverOf(original)), {});
  expect(profile.spec.driver.name).toBe("local.seaworthy.dev");
  expect(profile.spec.features).toEqual(expect.arrayContaining(["snapshot", "restore", "clone", "topology"]));
  expect(profile.spec.topologyKeys?.map(({ key }) => key)).toEqual(
    original.spec.topologyKeys.map(({ key }) => key),
  );
});
