// SPDX-License-Identifier: Apache-2.0
import type { JoinOptions } from "./joining.ts";

/** What the command line says about the cluster. */
interface ClusterOptions extends JoinOptions {
  readonly cluster: string;
  readonly kitImage?: string;
}

/** Which cluster was asked for; the kubeconfig's path is the reader's own business. */
export function clusterFlags({ cluster, kubeconfig, ...options }: ClusterOptions): string {
  if (kubeconfig === undefined) return `--cluster ${cluster}`;
  const agent = options.allowNodeAgent === true ? " --allow-node-agent" : "";
  const installed = options.installed === true ? " --installed" : "";
  const probe = options.probeImage ?? options.kitImage ?? "<image>";
  return `--kubeconfig <file> --probe-image ${probe}${agent}${installed}`;
}
