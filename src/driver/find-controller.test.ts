// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Pod } from "../kube/objects.ts";
import { folderOnNode, kubeletFolder } from "./find-controller.ts";

function podWith(volume: object): Pod {
  return {
    metadata: { name: "controller", uid: "0b", creationTimestamp: "" },
    spec: {
      containers: [
        { name: "a", image: "" },
        { name: "b", image: "", volumeMounts: [{ name: "socket", mountPath: "/csi/" }] },
      ],
      volumes: [{ name: "socket", ...volume }],
    },
  };
}

test.each([
  ["an emptyDir", { emptyDir: {} }, "/var/lib/kubelet/pods/0b/volumes/kubernetes.io~empty-dir/socket"],
  ["a hostPath", { hostPath: { path: "/var/lib/kubelet/plugins/x" } }, "/var/lib/kubelet/plugins/x"],
])("a socket in %s is found on the node", (_words, volume, folder) => {
  expect(folderOnNode(podWith(volume), "/csi", "/var/lib/kubelet")).toBe(folder);
});

test.each([
  ["another folder", "/other", { emptyDir: {} }],
  ["a volume of another kind", "/csi", { configMap: {} }],
])("a socket in %s is the profile's mistake", (_words, path, volume) => {
  expect(() => folderOnNode(podWith(volume), path, "/var/lib/kubelet")).toThrow(
    `pod controller mounts no emptyDir or hostPath at ${path}`,
  );
});

test.each([
  ["/var/lib/kubelet/plugins/a/csi.sock", "/var/lib/kubelet"],
  ["/var/snap/k8s/kubelet/plugins/a/csi.sock", "/var/snap/k8s/kubelet"],
  ["/run/csi.sock", "/var/lib/kubelet"],
])("the kubelet of a socket at %s works in %s", (socket, folder) => {
  expect(kubeletFolder(socket)).toBe(folder);
});
