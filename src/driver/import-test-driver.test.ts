// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseYaml } from "../support/yaml.ts";
import { importTestDriver } from "./import-test-driver.ts";
import { writeDraft } from "./profile-draft.ts";
import { driverProfile } from "./profile.ts";
import { testDriver } from "./test-driver.ts";
import { levelOf } from "./topology-level.ts";

const definition = `
ShortName: Example_Block
StorageClass: { FromFile: class.yaml }
SnapshotClass: { FromName: true }
ClientNodeName: worker-1
DriverInfo:
  Name: block.example.dev
  SupportedSizeRange: { Min: 1Gi, Max: 16Ti }
  SupportedFsType: { xfs: {}, ext4: {}, ntfs: {}, "": {} }
  SupportedMountOption: { debug: {} }
  TopologyKeys: [topology.example.dev/zone]
  StressTestOptions: { NumPods: 10 }
  Capabilities: { persistence: true, snapshotDataSource: true, exec: true, topology: true, multipods: false }
`;
const storageClass = {
  kind: "StorageClass",
  metadata: { name: "x" },
  provisioner: "block.example.dev",
  volumeBindingMode: "WaitForFirstConsumer",
  parameters: { type: "gp3" },
};

test("a definition becomes a profile that is valid, and what does not fit is named", () => {
  const draft = importTestDriver(parseYaml(definition, "testdriver.yaml", testDriver), { storageClass });
  const profile = parseYaml(writeDraft(draft), "profile.yaml", driverProfile);
  expect(profile.metadata.name).toBe("example-block");
  expect(profile.spec).toMatchObject({
    driver: { name: "block.example.dev" },
    storageClasses: { delayed: { parameters: { type: "gp3" } } },
    snapshotClass: {},
    topologyKeys: [{ key: "topology.example.dev/zone", level: "zone" }],
    sizes: { min: "1Gi", max: "16Ti" },
    filesystems: ["ext4", "xfs"],
    features: ["dynamic-provisioning", "topology", "snapshot", "restore"],
  });
  expect(draft.notes.slice(1)).toEqual([
    "Not carried over: capability exec, for which there is no feature here.",
    "Not carried over: ClientNodeName.",
    "Not carried over: DriverInfo.SupportedMountOption.",
    "Not carried over: DriverInfo.StressTestOptions.",
    "Not carried over: filesystem ntfs.",
  ]);
});

test("a class file that is not there is said, and an existing class keeps its name", () => {
  const from = (text: string) => importTestDriver(parseYaml(text, "t.yaml", testDriver), {});
  const info = "DriverInfo: { Name: a.b, SupportedFsType: [ext4] }";
  expect(from(`StorageClass: { FromFile: sc.yaml }\n${info}`).notes).toContain(
    "Not carried over: StorageClass from sc.yaml, a file that is not there.",
  );
  const existing = from(
    `StorageClass: { FromExistingClassName: fast }\nSnapshotClass: { FromExistingClassName: s }\n${info}`,
  );
  expect(existing.profile.spec).toMatchObject({ storageClasses: { delayed: "fast" }, snapshotClass: "s" });
});

test.each([
  ["topology.kubernetes.io/region", "region"],
  ["topology.example.dev/zone", "zone"],
  ["example.dev/rack", "rack"],
  ["kubernetes.io/hostname", "hostname"],
  ["topology.example.dev/node", "hostname"],
])("%s is taken for a %s", (key, level) => {
  expect(levelOf(key)).toBe(level);
});
