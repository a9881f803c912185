// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseYaml } from "../support/yaml.ts";
import { judgeStorageClass } from "./check-classes.ts";
import { driverProfile } from "./profile.ts";
import { classObjects, snapshotClassName, storageClassName } from "./profile-objects.ts";

function profileWith(classes: string) {
  return parseYaml(
    `apiVersion: seaworthy.dev/v1
kind: DriverProfile
metadata: { name: example }
spec:
  driver: { name: block.example.dev, version: "2", organization: Example, url: https://example.dev }
  install: { existing: true, ready: [{ kind: Deployment, namespace: storage, name: controller }] }
  features: [dynamic-provisioning]
${classes}`,
    "profile.yaml",
    driverProfile,
  );
}

test("a named class is used and not made", () => {
  const profile = profileWith("  storageClasses: { delayed: fast }\n  snapshotClass: daily\n");
  expect([storageClassName(profile, "delayed"), snapshotClassName(profile)]).toEqual(["fast", "daily"]);
  expect(storageClassName(profile, "immediate")).toBeUndefined();
  expect(classObjects(profile)).toEqual([]);
});

test("a class in parts is made for its role, of the first filesystem", () => {
  const profile = profileWith(
    "  filesystems: [xfs, ext4]\n  storageClasses: { immediate: { parameters: { tier: gold }, reclaimPolicy: Delete } }\n  snapshotClass: {}\n",
  );
  expect(classObjects(profile)).toEqual([
    {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "block.example.dev-immediate" },
      provisioner: "block.example.dev",
      volumeBindingMode: "Immediate",
      reclaimPolicy: "Delete",
      parameters: { "csi.storage.k8s.io/fstype": "xfs", tier: "gold" },
    },
    {
      apiVersion: "snapshot.storage.k8s.io/v1",
      kind: "VolumeSnapshotClass",
      metadata: { name: "block.example.dev" },
      driver: "block.example.dev",
      deletionPolicy: "Delete",
    },
  ]);
});

test("a class given whole is applied as it is", () => {
  const profile = profileWith(
    "  storageClasses: { delayed: { manifest: { apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: own }, provisioner: p } } }\n",
  );
  expect(storageClassName(profile, "delayed")).toBe("own");
  expect(classObjects(profile)).toMatchObject([{ metadata: { name: "own" }, provisioner: "p" }]);
});

test.each([
  [
    "a class both whole and in parts",
    "  storageClasses: { delayed: { manifest: { apiVersion: v1, kind: S, metadata: { name: a } }, parameters: {} } }",
    "spec.storageClasses.delayed: found a mapping, expected either manifest or the parts of a class, not both",
  ],
  [
    "a part that does not exist",
    "  storageClasses: { delayed: { parametres: {} } }",
    "spec.storageClasses.delayed.parametres: unknown field, did you mean parameters?",
  ],
  [
    "a size that is none",
    "  storageClasses: {}\n  sizes: { min: 1 GiB }",
    'spec.sizes.min: found "1 GiB", expected a size such as 1Gi, 512Mi or 10G',
  ],
  [
    "sizes the wrong way round",
    "  storageClasses: {}\n  sizes: { min: 2Gi, max: 1Gi }",
    "spec.sizes: found a mapping, expected min no larger than max",
  ],
])("%s is refused", (_words, classes, message) => {
  expect(() => profileWith(classes)).toThrow(message);
});

test.each([
  ["the right one", { provisioner: "d", volumeBindingMode: "WaitForFirstConsumer" }, []],
  [
    "another driver's",
    { provisioner: "x", volumeBindingMode: "WaitForFirstConsumer" },
    ["its provisioner is x, the driver is d"],
  ],
  [
    "one without a mode",
    { provisioner: "d" },
    ["its volumeBindingMode is Immediate, expected WaitForFirstConsumer"],
  ],
])("a delayed class is compared with the cluster: %s", (_words, found, problems) => {
  const metadata = { name: "c", uid: "", creationTimestamp: "" };
  expect(judgeStorageClass({ metadata, ...found }, "delayed", "d")).toEqual(problems);
});

test("a class that is not there is a problem", () => {
  expect(judgeStorageClass(undefined, "delayed", "d")).toEqual(["the cluster has no such class"]);
});
