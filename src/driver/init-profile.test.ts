// SPDX-License-Identifier: Apache-2.0
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readManifests } from "../kube/apply.ts";
import type { NewObject, WorkloadWithPods } from "../kube/objects.ts";
import { packageRoot } from "../support/paths.ts";
import { parseYaml } from "../support/yaml.ts";
import type { Announcement } from "./announcement.ts";
import type { DriverTraces } from "./driver-traces.ts";
import { findWorkloads } from "./find-workloads.ts";
import { initProfile } from "./init-profile.ts";
import { writeDraft } from "./profile-draft.ts";
import { driverProfile, readDriverProfile } from "./profile.ts";

const name = "local.seaworthy.dev";
const folder = join(packageRoot, "fixtures/drivers/reference");
const files = (await readdir(join(folder, "manifests"))).map((file) => join(folder, "manifests", file));
const objects = await readManifests(files);

/** What the API would show of the reference driver: its own manifests, and CSINode as the kubelet writes it. */
function tracesOf(manifests: readonly NewObject[]): DriverTraces {
  const ofKind = <T>(kind: string): T[] => manifests.filter((one) => one.kind === kind) as unknown as T[];
  const driver = ofKind<DriverTraces["driver"]>("CSIDriver")[0];
  if (driver === undefined) throw new Error("no CSIDriver");
  const topologyKeys = [
    "kubernetes.io/hostname",
    "topology.seaworthy.dev/rack",
    "topology.kubernetes.io/zone",
  ];
  const metadata = { name: "worker", uid: "", creationTimestamp: "" };
  const registered = { name, nodeID: "worker", topologyKeys, allocatable: { count: 8 } };
  return {
    driver,
    csiNodes: [{ metadata, spec: { drivers: [registered] } }],
    storageClasses: ofKind<DriverTraces["storageClasses"][number]>("StorageClass").filter(
      (one) => one.provisioner === name,
    ),
    snapshotClasses: ofKind<DriverTraces["snapshotClasses"][number]>("VolumeSnapshotClass"),
    workloads: ["Deployment", "DaemonSet", "StatefulSet"].flatMap((kind) => ofKind<WorkloadWithPods>(kind)),
  };
}

test("the reference driver's own objects give back what its profile says", async () => {
  const draft = initProfile(tracesOf(objects), undefined);
  const found = parseYaml(writeDraft(draft), "profile.yaml", driverProfile);
  const { spec } = await readDriverProfile(join(folder, "profile.yaml"));
  expect(found.spec.sockets).toEqual(spec.sockets);
  expect(found.spec.topologyKeys).toEqual(spec.topologyKeys);
  expect(found.spec.storageClasses).toMatchObject(spec.storageClasses);
  expect(found.spec.snapshotClass).toEqual(spec.snapshotClass);
  expect(new Set(found.spec.install.ready)).toEqual(new Set(spec.install.ready));
  expect(found.spec.features).toEqual(expect.arrayContaining(["delayed-binding", "topology", "snapshot"]));
  expect(found.spec.limits.volumesPerNode).toBe(8);
});

test("what the driver announces decides where CSI can say it", () => {
  const announced: Announcement = {
    name,
    vendorVersion: "1.2.3",
    identity: [],
    controller: ["CREATE_DELETE_VOLUME", "LIST_VOLUMES"],
    node: [],
  };
  const { spec } = initProfile(tracesOf(objects), announced).profile;
  expect(spec.driver.version).toBe("1.2.3");
  expect(spec.features).toEqual(
    expect.arrayContaining(["dynamic-provisioning", "list-volumes", "delayed-binding"]),
  );
  expect(spec.features).not.toContain("topology");
  expect(spec.features).not.toContain("snapshot");
});

test("a driver of which only CSIDriver is there gives a profile that says what is missing", () => {
  const draft = initProfile(
    { ...tracesOf(objects), csiNodes: [], storageClasses: [], snapshotClasses: [], workloads: [] },
    undefined,
  );
  expect(parseYaml(writeDraft(draft), "profile.yaml", driverProfile).spec.storageClasses).toEqual({
    delayed: {},
    immediate: {},
  });
  expect(draft.notes.join(" ")).toContain("No workload of the driver was recognised");
  expect(draft.notes.join(" ")).toContain("No sockets were recognised");
});

function workload(
  kind: string,
  namespace: string,
  containers: readonly object[],
  extra: object = {},
): WorkloadWithPods {
  const template = { spec: { containers, ...extra } };
  return {
    kind,
    metadata: { name: "w", namespace, uid: "", creationTimestamp: "" },
    spec: { template },
  } as unknown as WorkloadWithPods;
}

test("among several drivers in a namespace the one that is named is chosen", () => {
  const registrar = (path: string) => ({
    name: "registrar",
    image: "r",
    args: [`--kubelet-registration-path=${path}`],
  });
  const provisioner = (driver: string) => ({
    name: "p",
    image: "example/csi-provisioner:v6",
    args: ["--csi-address", "$(ADDRESS)"],
    env: [
      { name: "ADDRESS", value: "/run/csi/s.sock" },
      { name: "DRIVER", value: driver },
    ],
  });
  const found = findWorkloads(
    [
      workload("DaemonSet", "kube-system", [registrar("/var/lib/kubelet/plugins/b.dev/csi.sock")]),
      workload("DaemonSet", "kube-system", [registrar("/var/lib/kubelet/plugins/a.b.dev/csi.sock")]),
      workload("Deployment", "kube-system", [provisioner("a.b.dev")]),
      workload("Deployment", "kube-system", [provisioner("b.dev")]),
    ],
    "b.dev",
  );
  expect(found.nodeSocket).toBe("/var/lib/kubelet/plugins/b.dev/csi.sock");
  expect(found.controllerSocket).toBe("/run/csi/s.sock");
  expect(JSON.stringify(found.controller)).toContain('"b.dev"');
});
