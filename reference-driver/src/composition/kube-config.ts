// SPDX-License-Identifier: Apache-2.0
import { KubeConfig } from "@kubernetes/client-node";

/** The service account's configuration in a pod, else what KUBECONFIG names. */
export function loadKubeConfig(): KubeConfig {
  const config = new KubeConfig();
  if (process.env["KUBERNETES_SERVICE_HOST"] === undefined) config.loadFromDefault();
  else config.loadFromCluster();
  return config;
}
