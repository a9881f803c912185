// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";

/** On another node the pod's volume is whatever is at this path there. */
export const mutant: Mutant = {
  slug: "static-disks-of-any-node",
  title: "A static disk is offered to the pods of every node that has a hostname",
  breaks: ["local/static"],
  caughtBy: ["capacity/static-disks-come-back-clean"],
  wrap: (services) => ({
    ...services,
    createStaticVolumes: (parts) => {
      const good = services.createStaticVolumes(parts);
      return {
        ...good,
        describe: (found, context) => {
          const volume = good.describe(found, context);
          const matchExpressions = [{ key: "kubernetes.io/hostname", operator: "Exists" }];
          const nodeAffinity = { required: { nodeSelectorTerms: [{ matchExpressions }] } };
          return { ...volume, spec: { ...volume.spec, nodeAffinity } };
        },
      };
    },
  }),
};
