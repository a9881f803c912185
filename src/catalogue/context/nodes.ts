// SPDX-License-Identifier: Apache-2.0

/** A worker node as the API shows it. */
export interface NodeView {
  readonly name: string;
  readonly zone?: string;
  readonly rack?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Nodes {
  /** Ready and schedulable, by name. */
  readonly workers: readonly NodeView[];
  /** Values of `topology.kubernetes.io/zone`, sorted. */
  readonly zones: readonly string[];
  named(name: string): NodeView;
  /** The other workers that reach the same volumes: all topology keys of the driver have the same values there. */
  besides(node: NodeView): readonly NodeView[];
}
