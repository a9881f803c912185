// SPDX-License-Identifier: Apache-2.0
import type { DriverProfile } from "./profile.ts";

/** Says on the pods of a driver which mutant they run. */
export const mutantAnnotation = "seaworthy.dev/mutant";

/** Name of the variant that runs without a fault until it is told of one. */
export const switchableName = "switchable";

/** A program that is deployed in place of a driver's own. */
export interface DriverVariant {
  /** Written on its pods. */
  readonly name: string;
  /** Replaces the first two words of the driver containers' command. */
  readonly command: readonly string[];
}

/** One mutant, broken from its start on. */
export function mutantVariant({ spec }: DriverProfile, slug: string): DriverVariant {
  return { name: slug, command: [...(spec.mutants?.command ?? []), slug] };
}

/** The driver that takes on mutants while it runs; undefined when the profile brings none. */
export function switchableVariant({ spec }: DriverProfile): DriverVariant | undefined {
  const { command } = spec.mutants?.switch ?? {};
  return command === undefined ? undefined : { name: switchableName, command };
}
