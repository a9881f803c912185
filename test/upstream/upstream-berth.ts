// SPDX-License-Identifier: Apache-2.0
import {
  type Berth,
  type BerthedDriver,
  openBerth,
  openBerthFor,
  takesWhileRunning,
} from "../../src/cli/berth.ts";
import type { DriverPreparation } from "../../src/cli/driver-deployment.ts";
import { needCluster } from "../../src/cli/driver-state.ts";
import type { MutantInfo } from "../../src/catalogue/mutant.ts";
import { resources } from "../../src/kube/resources.ts";
import { untilObjects } from "../../src/kube/watch.ts";

/** Milliseconds for the good driver to remove what upstream's tests have left with a broken one. */
const farewell = 60_000;

/** Which mutant, of which driver, in a copy of which name. */
interface MutantPlace {
  readonly driver: BerthedDriver;
  readonly copyName: string;
  readonly mutant: MutantInfo;
}

/** Does something with a mutant in a copy of its own, which is removed afterwards. */
export async function withMutant(
  state: DriverPreparation,
  { driver, copyName, mutant }: MutantPlace,
  work: (broken: DriverPreparation) => Promise<void>,
): Promise<void> {
  const switchable = takesWhileRunning(driver, mutant);
  const berth = await (switchable
    ? openBerth(state, driver, copyName)
    : openBerthFor(state, driver, copyName, mutant));
  try {
    await berth.admit(mutant);
    await work(berth.state);
  } finally {
    await leave(berth);
  }
}

/** Mended first: a driver that is gone removes nothing. */
async function leave(berth: Berth): Promise<void> {
  await berth.clear();
  // what is still there by then, closing releases
  await untilVolumesGone(berth.state).catch(() => undefined);
  await berth.close();
}

async function untilVolumesGone(state: DriverPreparation): Promise<void> {
  const { kube } = needCluster(state);
  const driver = state.profile.spec.driver.name;
  const wait = { what: `volumes of ${driver} to be gone`, timeout: farewell, named: "objectsGone" };
  await untilObjects(kube, { resource: resources.volumes, selection: {} }, wait, (volumes) => {
    const left = [...volumes.values()].filter(({ spec }) => spec.csi?.driver === driver);
    return left.length === 0
      ? { done: true, value: undefined }
      : { done: false, seen: `${String(left.length)} still there` };
  });
}
