// SPDX-License-Identifier: Apache-2.0
import type { Classes, ClassSpec } from "../../catalogue/context/classes.ts";
import type { BindingMode } from "../../catalogue/context/modes.ts";
import type { NewObject, StorageClass } from "../../kube/objects.ts";
import { resources } from "../../kube/resources.ts";
import type { CaseRun } from "../case-run.ts";
import { classNameOf } from "./claims.ts";

export function grantClasses(run: CaseRun): Classes<BindingMode> {
  return {
    derive: async (spec) => {
      const original = await run.kube.get(resources.classes, { name: classNameOf(run, spec.of) }, run);
      const derived = classObject(run, original, spec);
      const { name } = derived.metadata;
      run.cleanup.add(`delete class ${name}`, () => run.kube.delete(resources.classes, { name }));
      await run.kube.create(resources.classes, derived, run);
      return { name, binding: spec.of };
    },
  };
}

function classObject(run: CaseRun, original: StorageClass, spec: ClassSpec<BindingMode>): NewObject {
  const { fsType, reclaimPolicy, allowVolumeExpansion, mountOptions, allowedTopologies, parameters, byHand } =
    spec;
  const { provisioner, volumeBindingMode } = original;
  const fileSystem = fsType === undefined ? {} : { "csi.storage.k8s.io/fstype": fsType };
  const terms = allowedTopologies?.map((term) => ({
    matchLabelExpressions: Object.entries(term).map(([key, values]) => ({ key, values })),
  }));
  return {
    apiVersion: resources.classes.apiVersion,
    kind: resources.classes.kind,
    // Classes belong to no namespace: the run's and the case's name keep those of two cases apart.
    metadata: { name: `${run.namespace}-${spec.name}`, labels: run.labels },
    ...(byHand === true
      ? { provisioner: "kubernetes.io/no-provisioner", volumeBindingMode: "Immediate" }
      : {
          provisioner,
          volumeBindingMode,
          parameters: { ...original.parameters, ...fileSystem, ...parameters },
        }),
    reclaimPolicy: reclaimPolicy ?? original.reclaimPolicy,
    allowVolumeExpansion: allowVolumeExpansion ?? original.allowVolumeExpansion,
    mountOptions: mountOptions ?? original.mountOptions,
    ...(byHand === true ? {} : { allowedTopologies: terms ?? original.allowedTopologies }),
  };
}
