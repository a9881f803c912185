// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { KubeClient } from "../kube/kube-client.ts";
import { KitError } from "../support/errors.ts";
import { askSockets } from "./socket-pod.ts";

const ready = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
const controller = {
  metadata: { name: "controller-0", namespace: "driver", uid: "0123456789" },
  spec: {
    nodeName: "w1",
    volumes: [{ name: "socket", emptyDir: {} }],
    containers: [{ name: "driver", volumeMounts: [{ name: "socket", mountPath: "/csi" }] }],
  },
  status: ready,
};

/** A cluster with one pod at the sockets, in this state; a new one is Ready at once. */
function cluster(phase: "Failed" | "Running") {
  const calls: string[] = [];
  let status: object | undefined = phase === "Failed" ? { phase } : ready;
  const socketPod = () => ({ metadata: { name: "s", uid: "2" }, spec: { containers: [] }, status });
  const kube = new KubeClient({
    call: ({ method, path }) => {
      const isController = path.includes("/namespaces/driver/");
      if (method === "DELETE") status = undefined;
      if (method === "POST") status = ready;
      if (method !== "GET") calls.push(method);
      const isOne = path.includes("/pods/");
      if (isOne && status === undefined)
        return Promise.reject(new KitError("KUBE_API", "not found", { details: { status: 404 } }));
      const items = isController ? [controller] : status === undefined ? [] : [socketPod()];
      const list = { items, metadata: { resourceVersion: "1" } };
      return Promise.resolve(JSON.stringify(isOne ? socketPod() : list));
    },
    watch: () => Promise.reject(new Error("nothing to wait for")),
    exec: () => {
      const nothing = Buffer.alloc(0);
      return Promise.resolve({ stdout: Buffer.from("[1]"), stderr: nothing, status: { status: "Success" } });
    },
    converse: () => Promise.reject(new Error("not asked")),
  });
  return { kube, calls };
}

const target = {
  sockets: {
    controller: { namespace: "driver", podSelector: { app: "controller" }, path: "/csi/csi.sock" },
    node: { path: "/var/lib/kubelet/plugins/block.example.dev/csi.sock" },
  },
  driver: "block.example.dev",
  probeImage: "probe:1",
};

test("a pod at the sockets that ended with its node is made anew, one that runs is asked as it is", async () => {
  const restarted = cluster("Failed");
  expect(await askSockets(restarted.kube, target, "list")).toEqual([1]);
  expect(restarted.calls).toEqual(["DELETE", "POST"]);
  const running = cluster("Running");
  expect(await askSockets(running.kube, target, "list")).toEqual([1]);
  expect(running.calls).toEqual([]);
});
