// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../support/paths.ts";
import { copyDriver } from "./driver-copy.ts";
import { readDriverProfile } from "./profile.ts";
import { readDriverObjects } from "./read-objects.ts";

const file = join(packageRoot, "fixtures/examples/plain-manifests/profile.yaml");

test("a copy has names of its own, and the image that was built for the driver", async () => {
  const profile = await readDriverProfile(file);
  const objects = await readDriverObjects(profile.spec.install, file);
  const copy = copyDriver("mine", profile, objects);
  expect(copy.profile.spec.driver.name).toBe("mine.zonal.example.dev");
  expect(copy.profile.spec.install.images).toEqual(profile.spec.install.images);
  expect(copy.profile.spec.install.ready.map(({ namespace }) => namespace)).toEqual([
    "example-storage-mine",
    "example-storage-mine",
  ]);
  const text = JSON.stringify(copy.objects(objects));
  expect(text).toContain('"image":"zonal.example.dev/driver:1.0.0"');
  expect(text).toContain("--driver-name=mine.zonal.example.dev");
  expect(text).toContain("/var/lib/kubelet/plugins/mine.zonal.example.dev");
});
