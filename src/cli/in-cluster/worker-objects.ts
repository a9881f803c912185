// SPDX-License-Identifier: Apache-2.0
import { workersLabel } from "../../cluster/existing/worker-sites.ts";
import type { NewObject } from "../../kube/objects.ts";
import type { WorkOrder } from "./work-order.ts";

/** Names what the workers of one run have in the cluster. */
export interface WorkerSite {
  readonly namespace: string;
  readonly driver: string;
  readonly kitImage: string;
}

/** Name of the workers' ServiceAccount. */
export const workerAccount = "seaworthy";

/** The namespace of the workers, which can do nothing on their nodes. */
export function siteNamespace(site: WorkerSite): NewObject {
  const labels = { ...labelsOf(site), "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: site.namespace, labels } };
}

/**
 * An account with the rights of the RBAC manifest, and the orders.
 * @param uid of the namespace, with which everything goes
 */
export function siteObjects(
  site: WorkerSite,
  uid: string,
  rbac: readonly NewObject[],
  files: Readonly<Record<string, string>>,
): NewObject[] {
  const metadata = { namespace: site.namespace, labels: labelsOf(site), name: "order" };
  return [
    ...rbac.map((object) => ownRbac(object, site, uid)),
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: files },
  ];
}

/** On everything of a site. */
export function labelsOf({ driver }: WorkerSite): Readonly<Record<string, string>> {
  return { [workersLabel]: driver };
}

/** The manifest's objects under the run's own names. */
function ownRbac(object: NewObject, site: WorkerSite, uid: string): NewObject {
  const { namespace } = site;
  const labels = labelsOf(site);
  if (object.kind === "ServiceAccount")
    return { ...object, metadata: { name: workerAccount, namespace, labels } };
  // what is in no namespace goes with one only when that owns it
  const ownerReferences = [{ apiVersion: "v1", kind: "Namespace", name: namespace, uid }];
  const renamed = { ...object, metadata: { name: namespace, labels, ownerReferences } };
  if (object.kind !== "ClusterRoleBinding") return renamed;
  return {
    ...renamed,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: namespace },
    subjects: [{ kind: "ServiceAccount", name: workerAccount, namespace }],
  };
}

/** The orders as files of a ConfigMap. A profile in JSON is YAML too. */
export function orderFiles(order: WorkOrder, profile: unknown): Record<string, string> {
  return { "order.json": JSON.stringify(order), "profile.yaml": JSON.stringify(profile) };
}
