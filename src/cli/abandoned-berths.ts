// SPDX-License-Identifier: Apache-2.0
import { copyDriver } from "../driver/driver-copy.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { removeDriver } from "../driver/remove-driver.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { releaseRuns } from "../kube/release.ts";
import { resources } from "../kube/resources.ts";
import type { BerthedDriver } from "./berth.ts";

/** Removes the copies of a driver that a proof which was killed has left, with what ran against them, and gives their names. */
export async function removeAbandonedBerths(
  kube: KubeClient,
  { profile, profileFile }: BerthedDriver,
  prefix: string,
  slugs: readonly string[],
): Promise<string[]> {
  const { items } = await kube.list(resources.csiDrivers);
  const installed = items.map(({ metadata }) => metadata.name);
  const left = abandonedAmong(installed, profile.spec.driver.name, prefix, slugs);
  if (left.length === 0) return [];
  const objects = await readDriverObjects(profile.spec.install, profileFile);
  for (const name of left) {
    const copy = copyDriver(name, profile, objects);
    await removeDriver(kube, copy.profile.spec.driver.name, copy.objects(objects));
    await releaseRuns(kube, copy.profile.spec.driver.name);
  }
  return left;
}

/** Of the drivers that are installed the copies made for mutants, by the part of their name that makes them copies. */
export function abandonedAmong(
  installed: readonly string[],
  driver: string,
  prefix: string,
  slugs: readonly string[],
): string[] {
  const copies = installed.flatMap((name) =>
    name.endsWith(`.${driver}`) ? [name.slice(0, -`.${driver}`.length)] : [],
  );
  return copies.filter((name) => {
    const own = name.slice(prefix.length);
    return name.startsWith(prefix) && (/^berth-\d+$/.test(own) || slugs.includes(own));
  });
}
