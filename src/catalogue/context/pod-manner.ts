// SPDX-License-Identifier: Apache-2.0
import type { BindingMode } from "./modes.ts";
import type { DerivedClass } from "./classes.ts";

/** How a pod uses the volume at `/data`, where it is not the plain way. */
export interface PodManner {
  /** The claim is used read-only: the driver is asked to publish it so. */
  readonly readOnly?: boolean;
  /** Only this folder of the volume is shown at `/data`. */
  readonly subPath?: string;
  /** `securityContext.fsGroup`. */
  readonly fsGroup?: number;
  readonly fsGroupChangePolicy?: "Always" | "OnRootMismatch";
  /** User and group the pod runs as. */
  readonly user?: number;
  /** Instead of a claim: a generic ephemeral volume; its claim is called `<pod>-data`. */
  readonly ephemeral?: { readonly class: BindingMode | DerivedClass; readonly megabytes?: number };
}
