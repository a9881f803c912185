// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import type { NewObject } from "../kube/objects.ts";
import type { DriverVariant } from "./driver-variant.ts";
import { mutantAnnotation } from "./driver-variant.ts";
import type { DriverProfile } from "./profile.ts";

/** What is written into the driver's workloads before they are applied. */
export interface Stamp {
  /** The image the kit built, in place of the name the manifests ask for. */
  readonly image: string | undefined;
  /** Another program in place of the driver's own. */
  readonly variant: DriverVariant | undefined;
  readonly profile: DriverProfile;
}

const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).optional() }),
      spec: z.looseObject({
        containers: z.array(z.looseObject({ image: z.string(), command: z.array(z.string()).optional() })),
      }),
    }),
  }),
});

const workloadKinds: readonly string[] = ["Deployment", "DaemonSet", "StatefulSet"];

/** Gives a workload that asks for the kit-built image the one that was built, and under a mutant the mutant's command. Other objects stay as they are. */
export function stampWorkload(object: NewObject, stamp: Stamp): NewObject {
  const asked = stamp.profile.spec.install.build?.image;
  const { image } = stamp;
  if (asked === undefined || image === undefined || !workloadKinds.includes(object.kind)) return object;
  const parsed = workload.parse(object);
  const { template } = parsed.spec;
  if (!template.spec.containers.some((container) => container.image === asked)) return object;
  const annotations = {
    ...template.metadata.annotations,
    [mutantAnnotation]: stamp.variant?.name ?? "none",
  };
  const containers = template.spec.containers.map((container) =>
    container.image === asked
      ? { ...container, image, command: commandFor(container.command ?? [], stamp) }
      : container,
  );
  const stamped = {
    ...template,
    metadata: { ...template.metadata, annotations },
    spec: { ...template.spec, containers },
  };
  return { ...object, spec: { ...parsed.spec, template: stamped } };
}

/** `[node, driver.mjs, controller]` becomes the variant's command and what followed the program. */
function commandFor(command: readonly string[], { variant }: Stamp): readonly string[] {
  return variant === undefined ? command : [...variant.command, ...command.slice(2)];
}
