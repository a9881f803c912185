// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { expect, test } from "vitest";
import { workersLabel } from "../../cluster/existing/worker-sites.ts";
import { driverProfile, readDriverProfile } from "../../driver/profile.ts";
import { readManifests } from "../../kube/apply.ts";
import { packageRoot } from "../../support/paths.ts";
import { asInstalled } from "../joining.ts";
import { type WorkOrder, workOrder } from "./work-order.ts";
import { workerJob } from "./worker-job.ts";
import { orderFiles, siteNamespace, siteObjects } from "./worker-objects.ts";

const site = { namespace: "seaworthy-run-abc", driver: "d.example.dev", kitImage: "kit:1" };
const order: WorkOrder = {
  kitVersion: "1",
  catalogueHash: "c",
  commit: "unknown",
  probeImage: "kit:1",
  certifyFlags: "--driver d",
  workers: [{ caseIds: ["a/b"], alone: false, runId: "0a1b2c" }],
};

test("the account of the workers has the rights of the RBAC manifest and goes with their namespace", async () => {
  const rbac = await readManifests([join(packageRoot, "fixtures/rbac/certify.yaml")]);
  const objects = siteObjects(site, "uid-1", rbac, {});
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`)).toEqual(
    [
      "ServiceAccount seaworthy-run-abc/seaworthy",
      "ClusterRole /seaworthy-run-abc",
      "ClusterRoleBinding /seaworthy-run-abc",
      "ConfigMap seaworthy-run-abc/order",
    ],
  );
  expect(
    [siteNamespace(site), ...objects].every(
      ({ metadata }) => metadata.labels?.[workersLabel] === "d.example.dev",
    ),
  ).toBe(true);
  expect(objects[1]?.["rules"]).toEqual(rbac.find(({ kind }) => kind === "ClusterRole")?.["rules"]);
  expect(objects[2]).toMatchObject({
    roleRef: { kind: "ClusterRole", name: "seaworthy-run-abc" },
    subjects: [{ kind: "ServiceAccount", name: "seaworthy", namespace: "seaworthy-run-abc" }],
  });
  const owned = objects.filter(({ metadata }) => metadata.namespace === undefined);
  expect(owned.map(({ metadata }) => metadata.ownerReferences)).toEqual(
    owned.map(() => [{ apiVersion: "v1", kind: "Namespace", name: "seaworthy-run-abc", uid: "uid-1" }]),
  );
});

test("a worker's pod keeps to the restricted Pod Security Standard, and is replaced when it is lost", () => {
  const job = workerJob(site, { name: "beside", first: 0, count: 2 }, 100);
  const container = {
    image: "kit:1",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
  expect(job).toMatchObject({
    metadata: { namespace: "seaworthy-run-abc" },
    spec: {
      completionMode: "Indexed",
      completions: 2,
      parallelism: 2,
      podReplacementPolicy: "Failed",
      template: {
        spec: {
          restartPolicy: "Never",
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [container],
        },
      },
    },
  });
  expect(JSON.stringify(job)).not.toMatch(/hostPath|hostNetwork|privileged/);
});

test("what a worker is told is what it reads", async () => {
  const file = join(packageRoot, "fixtures/drivers/reference/profile.yaml");
  const spec = { ...asInstalled(await readDriverProfile(file)).spec, mutants: undefined };
  const profile = { ...(await readDriverProfile(file)), spec };
  const files = orderFiles(order, profile);
  expect(workOrder.parse(JSON.parse(files["order.json"] ?? ""))).toEqual(order);
  expect(driverProfile.parse(JSON.parse(files["profile.yaml"] ?? ""))).toEqual(profile);
  expect(spec.install).toMatchObject({ existing: true, extender: [] });
});
