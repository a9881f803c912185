// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import { type BerthedDriver, readBerthed } from "./berth.ts";
import type { DriverPreparation } from "./driver-deployment.ts";
import { resolveProfile } from "./resolve-profile.ts";

/** The drivers that have mutants, by the name that those give; undefined is the one that is proven. */
export type BerthedDrivers = ReadonlyMap<string | undefined, BerthedDriver>;

/** Reads the profile of each driver that has a mutant, once. */
export async function readBerthedDrivers(
  state: DriverPreparation,
  known: readonly MutantInfo[],
): Promise<BerthedDrivers> {
  const names = [...new Set(known.map(({ driver }) => driver))];
  return new Map(
    await Promise.all(
      names.map(async (name) => {
        const file = name === undefined ? state.profileFile : await resolveProfile(name);
        return [name, await readBerthed(file)] as const;
      }),
    ),
  );
}
