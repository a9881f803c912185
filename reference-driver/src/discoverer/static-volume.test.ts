// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { staticVolume, staticVolumeName } from "./static-volume.ts";

it("binds the volume to its node by hostname", () => {
  const found = { path: "/mnt/static/d", mode: "Filesystem", bytes: 42 } as const;
  const context = { node: "n1", hostname: "h1", storageClass: "static", reclaimPolicy: "Delete" };
  expect(staticVolume(found, context).spec).toMatchObject({
    capacity: { storage: "42" },
    volumeMode: "Filesystem",
    local: { path: "/mnt/static/d" },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: ["h1"] }] },
        ],
      },
    },
  });
});

it("names the same path of two nodes differently, and in legal letters", () => {
  const [one, other] = ["n1", "n2"].map((node) => staticVolumeName(node, "/mnt/static/_Disk 1_"));
  expect(one).toMatch(/^static-disk-1-[0-9a-f]{8}$/);
  expect(other).not.toBe(one);
});
