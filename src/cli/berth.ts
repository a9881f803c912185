// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import { copyDriver } from "../driver/driver-copy.ts";
import { type DriverVariant, mutantVariant, switchableVariant } from "../driver/driver-variant.ts";
import { type DriverProfile, readDriverProfile } from "../driver/profile.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { removeDriver, removeHeldRecords } from "../driver/remove-driver.ts";
import { switchMutant } from "../driver/switch-mutant.ts";
import { reapRuns } from "../kube/reap.ts";
import { releaseRuns } from "../kube/release.ts";
import { toError } from "../support/errors.ts";
import { deployPrepared, type DriverPreparation } from "./driver-deployment.ts";
import { needCluster } from "./driver-state.ts";

/** Milliseconds for a driver to remove what cases left with it. */
const farewell = 15_000;

/** A copy of a driver beside the others, for mutants to be proven in. */
export interface Berth {
  /** The copy, for cases to run against. */
  readonly state: DriverPreparation;
  /** Puts a mutant in. */
  admit(mutant: MutantInfo): Promise<void>;
  /** Takes it out and has the mended driver remove what it left; says why when the berth is not as before. */
  clear(): Promise<string | undefined>;
  /** Removes the copy. */
  close(): Promise<void>;
}

/** A driver whose mutants are to be proven, as its profile tells of it. */
export interface BerthedDriver {
  readonly profile: DriverProfile;
  readonly profileFile: string;
}

export async function readBerthed(profileFile: string): Promise<BerthedDriver> {
  return { profile: await readDriverProfile(profileFile), profileFile };
}

/** Whether a mutant can be put into a copy that runs already. */
export function takesWhileRunning({ profile }: BerthedDriver, mutant: MutantInfo): boolean {
  return mutant.fromStart !== true && switchableVariant(profile) !== undefined;
}

/** Deploys a copy that takes one mutant after another. */
export async function openBerth(
  state: DriverPreparation,
  driver: BerthedDriver,
  copyName: string,
): Promise<Berth> {
  return deployBerth(state, driver, copyName, switchableVariant(driver.profile));
}

/** Deploys a copy with one mutant for good. */
export async function openBerthFor(
  state: DriverPreparation,
  driver: BerthedDriver,
  copyName: string,
  mutant: MutantInfo,
): Promise<Berth> {
  const berth = await deployBerth(state, driver, copyName, mutantVariant(driver.profile, mutant.slug));
  return {
    ...berth,
    admit: () => Promise.resolve(),
    clear: () => Promise.resolve("it had one mutant for good"),
  };
}

async function deployBerth(
  state: DriverPreparation,
  { profile: original, profileFile }: BerthedDriver,
  copyName: string,
  variant: DriverVariant | undefined,
): Promise<Berth> {
  const { kube } = needCluster(state);
  const objects = await readDriverObjects(original.spec.install, profileFile);
  const copy = copyDriver(copyName, original, objects);
  const { profile } = copy;
  const own = { ...state, profile, profileFile, copy };
  const driver = profile.spec.driver.name;
  const reap = (): Promise<unknown> => reapRuns(kube, driver, { timeout: farewell, signal: state.signal });
  const close = async (): Promise<void> => {
    // while it is there, the driver is asked to remove its volumes itself
    await reap().catch(() => undefined);
    await removeDriver(kube, driver, copy.objects(objects));
    await releaseRuns(kube, driver);
  };
  try {
    await deployPrepared(own, () => undefined, variant);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    state: own,
    admit: ({ slug }) => switchMutant(kube, profile, slug),
    clear: async () => {
      try {
        await switchMutant(kube, profile, undefined);
        await reap();
        await removeHeldRecords(kube, driver, copy.objects(objects), farewell);
        return undefined;
      } catch (thrown) {
        return toError(thrown).message;
      }
    },
    close,
  };
}
