// SPDX-License-Identifier: Apache-2.0
import { dirname } from "node:path";
import type { Controller } from "./find-controller.ts";

export interface SocketPodOptions {
  readonly image: string;
  readonly node: string;
  /** Left out where only the node's socket is called. */
  readonly controller?: Controller | undefined;
  /** On the node. */
  readonly nodeSocket: string;
}

/** A pod of the probe that sees the driver's sockets below `/controller` and `/node`. */
export function socketPodSpec({ image, node, controller, nodeSocket }: SocketPodOptions): object {
  const folders = [
    ...(controller === undefined ? [] : [{ name: "controller", path: controller.folder }]),
    { name: "node", path: dirname(nodeSocket) },
  ];
  return {
    nodeName: node,
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    tolerations: [{ operator: "Exists" }],
    containers: [
      {
        name: "probe",
        image,
        imagePullPolicy: "IfNotPresent",
        command: ["node", "/opt/seaworthy/probe.mjs", "hold"],
        volumeMounts: folders.map(({ name }) => ({ name, mountPath: `/${name}` })),
      },
    ],
    volumes: folders.map(({ name, path }) => ({ name, hostPath: { path, type: "Directory" } })),
  };
}
