// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { heedScheduler } from "./heed-scheduler.ts";

const driver = {
  apiVersion: "storage.k8s.io/v1",
  kind: "CSIDriver",
  metadata: { name: "d" },
  spec: { attachRequired: false, storageCapacity: true },
};

test.each([
  ["heeds capacity objects", true],
  ["does not", false],
])("The CSIDriver of a cluster whose scheduler %s says storageCapacity: %s", (_words, capacityObjects) => {
  const applied = heedScheduler(driver, { extender: true, capacityObjects });
  expect(applied["spec"]).toEqual({ attachRequired: false, storageCapacity: capacityObjects });
});

test("Another object stays as it is", () => {
  const other = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } };
  expect(heedScheduler(other, { extender: false, capacityObjects: false })).toBe(other);
});
