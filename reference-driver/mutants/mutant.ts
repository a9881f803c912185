// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";

/** A driver that is broken in one way on purpose, to prove that a case catches it. */
export interface Mutant {
  /** Name of its file and of the command line's --mutant. */
  readonly slug: string;
  /** The rule it breaks. */
  readonly title: string;
  /** Ids of the requirements it breaks. */
  readonly breaks: readonly string[];
  /** Ids of the cases that must fail with it. */
  readonly caughtBy: readonly string[];
  /** Driver profile it is a variant of; `reference` when left out. */
  readonly driver?: "zonal";
  /** It breaks what a driver says or begins when it starts: it cannot be put into a running one, or taken out again. */
  readonly fromStart?: true;
  /** Gives back the services with one thing wrong. */
  wrap(services: Services): Services;
}
