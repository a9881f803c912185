// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { saysReason } from "./scheduler-words.ts";

test.each([
  ["volume-affinity", "0/7 nodes are available: 6 node(s) didn't match PersistentVolume's node affinity"],
  ["volume-affinity", "0/7 nodes are available: 6 node(s) had volume node affinity conflict"],
  ["volume-affinity", "0/7 nodes are available: 6 node(s) didn't satisfy plugin(s) [VolumeBinding]"],
  ["volume-zone", "0/7 nodes are available: 4 node(s) had no available volume zone"],
  ["no-volume", "0/7 nodes are available: 6 node(s) didn't find available persistent volumes to bind"],
  ["no-room", "0/7 nodes are available: 2 not enough room in pool of class standard for the pod's volumes"],
  ["no-room", "0/7 nodes are available: 6 node(s) did not have enough free storage"],
  ["too-many-volumes", "0/7 nodes are available: 6 node(s) exceed max volume count"],
  ["claim-unbound", "0/7 nodes are available: pod has unbound immediate PersistentVolumeClaims"],
  [
    "claim-in-use",
    "1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod",
  ],
] as const)("%s is recognised", (reason, message) => {
  expect(saysReason(message, reason)).toBe(true);
});

test.each([
  ["volume-affinity", "0/7 nodes are available: 6 node(s) didn't match Pod's node affinity/selector"],
  ["volume-affinity", "0/7 nodes are available: 6 node(s) didn't satisfy plugin(s) [NodeAffinity]"],
  ["no-room", "0/7 nodes are available: 6 Insufficient cpu"],
  ["no-volume", "pod has unbound immediate PersistentVolumeClaims"],
] as const)("%s is not read into another reason", (reason, message) => {
  expect(saysReason(message, reason)).toBe(false);
});
