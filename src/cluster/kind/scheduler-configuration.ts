// SPDX-License-Identifier: Apache-2.0
import { stringify } from "yaml";

/** Folder of the control plane with what kube-scheduler reads: its configuration and the certificate it trusts. */
export const schedulerFolder = "/etc/seaworthy/scheduler";
/** Folder of the control plane with what the extender reads: its certificate and the key to it. */
export const extenderFolder = "/etc/seaworthy/extender";
/** Where the extender listens: on the control plane's loopback, which it and kube-scheduler share. */
const extenderAddress = "127.0.0.1:10270";

/**
 * kube-scheduler's configuration with the extender in it. Ignorable, so that pods are scheduled while none is deployed.
 * With a configuration file kube-scheduler takes its kubeconfig from there alone.
 * Source: kubescheduler.config.k8s.io/v1.
 */
export function schedulerConfiguration(): string {
  return stringify({
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration",
    clientConnection: { kubeconfig: "/etc/kubernetes/scheduler.conf" },
    extenders: [
      {
        urlPrefix: `https://${extenderAddress}/scheduler`,
        filterVerb: "filter",
        prioritizeVerb: "prioritize",
        weight: 1,
        enableHTTPS: true,
        tlsConfig: { insecure: false, caFile: `${schedulerFolder}/extender.crt` },
        httpTimeout: "5s",
        nodeCacheCapable: true,
        ignorable: true,
      },
    ],
  });
}

/** kubeadm's ClusterConfiguration, as far as it gives kube-scheduler its configuration. Source: kubeadm v1beta4. */
export function schedulerPatch(): string {
  return stringify({
    apiVersion: "kubeadm.k8s.io/v1beta4",
    kind: "ClusterConfiguration",
    scheduler: {
      extraArgs: [{ name: "config", value: `${schedulerFolder}/scheduler.yaml` }],
      extraVolumes: [
        {
          name: "seaworthy-scheduler",
          hostPath: schedulerFolder,
          mountPath: schedulerFolder,
          readOnly: true,
          pathType: "Directory",
        },
      ],
    },
  });
}
