// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { segmentsFrom } from "./node-topology.ts";

it("picks the topology labels, and leaves out what the node does not have", () => {
  const labels = {
    "kubernetes.io/hostname": "n1",
    "topology.kubernetes.io/zone": "a",
    "kubernetes.io/os": "linux",
  };
  expect(segmentsFrom(labels)).toEqual({
    "kubernetes.io/hostname": "n1",
    "topology.kubernetes.io/zone": "a",
  });
});
