// SPDX-License-Identifier: Apache-2.0

/** What the catalogue knows of a broken driver that proves a case can fail. */
export interface MutantInfo {
  readonly slug: string;
  /** The rule it breaks. */
  readonly title: string;
  /** Ids of the requirements it breaks. */
  readonly breaks: readonly string[];
  /** Driver profile it is a variant of; `reference` when left out. */
  readonly driver?: string | undefined;
  /** It cannot be put into a driver that runs: it is deployed by itself. */
  readonly fromStart?: boolean | undefined;
  /** Ids of the cases that must fail with it. */
  readonly caughtBy: readonly string[];
}
