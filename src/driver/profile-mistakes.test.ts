// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { toError } from "../support/errors.ts";
import { parseYaml } from "../support/yaml.ts";
import { featureNames } from "../catalogue/features.ts";
import { driverProfile } from "./profile.ts";

const tenMistakes = `apiVersion: seaworthy.dev/v2
kind: DriverProfile
metadata:
  name: Reference Driver
spec:
  driver:
    name: local.example.dev
    version: 1.10
    organisation: Example
    url: example dot dev
  install:
    manifests: []
    ready:
      - { kind: Deployement, namespace: storage, name: controller }
  storageClass: { delayed: fast }
  features:
    - dynamic-provisioning
    - snapshots
  sockets:
    controller: { namespace: storage, podSelector: [app], path: csi/csi.sock }
    node: { path: /csi/csi.sock }
  timeouts: { podReady: 2.5, podsReady: 3 }
`;

test("each of many mistakes gets its file and line, what was found and what was expected", () => {
  const message = messageOf(() => parseYaml(tenMistakes, "profile.yaml", driverProfile));
  expect(message.replace(featureNames.join(", "), "a feature")).toMatchInlineSnapshot(`
      "profile.yaml: 15 problems
        profile.yaml:1: apiVersion: found "seaworthy.dev/v2", expected "seaworthy.dev/v1"
        profile.yaml:4: metadata.name: found "Reference Driver", expected lower-case letters, digits, hyphens and dots
        profile.yaml:5: spec.storageClasses: found nothing, expected a mapping
        profile.yaml:6: spec.driver.organization: found nothing, expected a text
        profile.yaml:8: spec.driver.version: found 1.1, expected a text
        profile.yaml:9: spec.driver.organisation: unknown field, did you mean organization?
        profile.yaml:10: spec.driver.url: found "example dot dev", expected a valid url
        profile.yaml:12: spec.install.manifests: found an empty list, expected at least 1 item
        profile.yaml:14: spec.install.ready[0].kind: found "Deployement", expected one of Deployment, DaemonSet, StatefulSet (did you mean Deployment?)
        profile.yaml:15: spec.storageClass: unknown field, did you mean storageClasses?
        profile.yaml:18: spec.features[1]: found "snapshots", expected one of a feature (did you mean snapshot?)
        profile.yaml:20: spec.sockets.controller.podSelector: found a list, expected a mapping
        profile.yaml:20: spec.sockets.controller.path: found "csi/csi.sock", expected an absolute path
        profile.yaml:22: spec.timeouts.podReady: found 2.5, expected a whole number
        profile.yaml:22: spec.timeouts.podsReady: unknown field, did you mean podReady?"
    `);
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "YAML_INVALID", kind: "usage" });
    return toError(thrown).message;
  }
  throw new Error("nothing was thrown");
}
