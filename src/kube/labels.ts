// SPDX-License-Identifier: Apache-2.0

/** Says which run made an object. */
export const runLabel = "seaworthy.dev/run";

/** Says which driver the run that made an object was about. */
export const driverLabel = "seaworthy.dev/driver";

/** Says which case made an object: the hash of its id. */
export const caseLabel = "seaworthy.dev/case";

/** On a node: the driver whose run closed it to new pods. */
export const cordonLabel = "seaworthy.dev/cordoned-for";

/** On a PersistentVolume: the driver whose provisioner deletes it; Kubernetes' own annotation. */
export const provisionedBy = "pv.kubernetes.io/provisioned-by";

/** On a pod: its own name, by which others can keep away from it. */
export const podLabel = "seaworthy.dev/pod";
