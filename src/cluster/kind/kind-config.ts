// SPDX-License-Identifier: Apache-2.0
import { stringify } from "yaml";
import { type ClusterShape, schedulerSources, shapeNodes } from "../shape.ts";
import type { NodeMount } from "./extender-files.ts";
import { schedulerPatch } from "./scheduler-configuration.ts";

/** What beside the shape decides a kind configuration. */
export interface KindConfigOptions {
  readonly clusterName: string;
  readonly image: string;
  readonly cgroupVersion: 1 | 2;
  /** Folders of the host that the control plane sees. */
  readonly mounts: readonly NodeMount[];
}

/** kind's configuration for a shape, as YAML. Source: kind's v1alpha4 API; KEP-5573 for `failCgroupV1`. */
export function kindConfig(shape: ClusterShape, options: KindConfigOptions): string {
  const workers = shapeNodes(shape).map((node) => ({
    role: "worker",
    image: options.image,
    labels: {
      "topology.kubernetes.io/region": node.region,
      "topology.kubernetes.io/zone": node.zone,
      [shape.spec.rackLabel]: node.rack,
    },
  }));
  return stringify({
    kind: "Cluster",
    apiVersion: "kind.x-k8s.io/v1alpha4",
    name: options.clusterName,
    networking: { disableDefaultCNI: true, podSubnet: "10.244.0.0/16" },
    kubeadmConfigPatches: [
      kubeletPatch(options.cgroupVersion),
      ...(schedulerSources(shape).extender ? [schedulerPatch()] : []),
    ],
    nodes: [{ role: "control-plane", image: options.image, extraMounts: [...options.mounts] }, ...workers],
  });
}

/** kind's own names of a cluster's workers, in the order of its configuration. */
export function kindWorkerName(clusterName: string, index: number): string {
  return index === 0 ? `${clusterName}-worker` : `${clusterName}-worker${String(index + 1)}`;
}

/** kubelet 1.35 and newer refuse cgroup v1 unless told otherwise; serial pulls would queue pods behind each other. */
function kubeletPatch(cgroupVersion: 1 | 2): string {
  return stringify({
    kind: "KubeletConfiguration",
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    serializeImagePulls: false,
    ...(cgroupVersion === 1 ? { failCgroupV1: false } : {}),
  });
}
