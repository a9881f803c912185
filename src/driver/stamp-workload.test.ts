// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../support/paths.ts";
import { mutantVariant } from "./driver-variant.ts";
import { readDriverProfile } from "./profile.ts";
import { stampWorkload } from "./stamp-workload.ts";

const profile = await readDriverProfile(join(packageRoot, "fixtures/drivers/reference/profile.yaml"));
const image = profile.spec.install.build?.image ?? "";

function deployment(containers: readonly object[]) {
  const template = { metadata: { labels: { a: "b" } }, spec: { containers } };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "d" }, spec: { template } };
}

const driver = { name: "driver", image, command: ["node", "/opt/seaworthy/driver.mjs", "controller"] };
const sidecar = { name: "sidecar", image: "other:1", command: ["sidecar"] };

test("The good driver gets the image that was built and keeps its command", () => {
  const stamped = stampWorkload(deployment([driver, sidecar]), {
    image: "driver:built",
    variant: undefined,
    profile,
  });
  expect(stamped["spec"]).toMatchObject({
    template: {
      metadata: { labels: { a: "b" }, annotations: { "seaworthy.dev/mutant": "none" } },
      spec: { containers: [{ ...driver, image: "driver:built" }, sidecar] },
    },
  });
});

test("A mutant replaces the driver's program alone, and keeps its mode", () => {
  const stamped = stampWorkload(deployment([driver, sidecar]), {
    image,
    variant: mutantVariant(profile, "restores-nothing"),
    profile,
  });
  const command = ["node", "/opt/seaworthy/mutants.mjs", "--mutant", "restores-nothing", "controller"];
  expect(stamped["spec"]).toMatchObject({ template: { spec: { containers: [{ command }, sidecar] } } });
});

test.each([
  ["another image", deployment([sidecar])],
  ["no workload", { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } }],
])("An object with %s stays as it is", (_words, object) => {
  expect(
    stampWorkload(object, { image: "driver:built", variant: mutantVariant(profile, "m"), profile }),
  ).toBe(object);
});
