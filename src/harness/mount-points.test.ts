// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { PersistentVolume } from "../kube/objects.ts";
import { findMounts, mountMarksOf, mountOptionsOf, mountPointsOf } from "./mount-points.ts";

const table = `22 1 0:20 / / rw - overlay overlay rw
30 22 7:3 / /var/lib/kubelet/plugins/kubernetes.io/csi/d/7ed8bd8d0ecbeee6dd5e8ddb4fbc6a5b7a6d0fc7d6a5cbf6d7f3cb1dc6a0a9a4/globalmount rw - ext4 /dev/loop3 rw
31 22 7:3 / /var/lib/kubelet/pods/u/volumes/kubernetes.io~csi/pvc-1/mount rw - ext4 /dev/loop3 rw
32 22 0:5 /loop4 /var/lib/kubelet/plugins/kubernetes.io/csi/volumeDevices/publish/pvc-2/u rw - devtmpfs udev rw
33 22 0:9 / /with\\040space rw - tmpfs tmpfs rw
`;

function volume(name: string, volumeHandle: string): PersistentVolume {
  return {
    metadata: { name, uid: "u", creationTimestamp: "" },
    spec: { csi: { driver: "d", volumeHandle } },
  };
}

const onNode = (points: readonly string[]) => points.map((point) => ({ node: "n", point }));

test("Mount points are read with their escapes", () => {
  expect(mountPointsOf(table)).toContain("/with space");
  expect(mountPointsOf(table)).toHaveLength(5);
  expect(mountPointsOf("")).toEqual([]);
});

test("The options of a path are those of each mount on it, not those of its file system or of paths below", () => {
  const twice = `40 1 7:3 / /data rw,relatime shared:1 - ext4 /dev/loop3 rw
41 1 7:3 / /data ro,noatime - ext4 /dev/loop3 rw
42 1 7:3 / /data/below ro - ext4 /dev/loop3 rw`;
  expect(mountOptionsOf(twice, "/data")).toEqual([
    ["rw", "relatime"],
    ["ro", "noatime"],
  ]);
  expect(mountOptionsOf(twice, "/none")).toEqual([]);
});

test.each([
  ["a published file system", volume("pvc-1", "h"), 1],
  ["a published device", volume("pvc-2", "h"), 1],
  ["a volume whose name only begins alike", volume("pvc", "h"), 0],
  ["another volume", volume("pvc-3", "h"), 0],
])("%s", (_what, one, count) => {
  expect(findMounts(onNode(mountPointsOf(table)), mountMarksOf([one]))).toHaveLength(count);
});

test("A staged volume is found by the hash of its handle", () => {
  const staged = volume("pvc-9", "some-handle");
  const [hash = ""] = mountMarksOf([staged]).filter((mark) => !mark.startsWith("/"));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(findMounts(onNode([`/staging/${hash}/globalmount`]), mountMarksOf([staged]))).toHaveLength(1);
});
