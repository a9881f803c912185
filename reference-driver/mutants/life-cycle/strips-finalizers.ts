// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from "node:timers/promises";
import { CoreV1Api, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import { loadKubeConfig } from "../../src/composition/kube-config.ts";
import { log, messageOf } from "../../src/support/log.ts";
import type { Mutant } from "../mutant.ts";

/** Milliseconds between two looks. */
const PERIOD = 250;

/** An operator that helps deletion along: whatever is being deleted loses what holds it. */
export const mutant: Mutant = {
  slug: "strips-finalizers",
  title: "The driver's controller takes the finalizers off volumes that are deleted while in use",
  breaks: ["life/protection"],
  caughtBy: ["life-cycle/volume-in-use-stays"],
  fromStart: true,
  wrap: (services) => ({
    ...services,
    createClusterBackEnd: (parts) => {
      void strip(parts.driverName);
      return services.createClusterBackEnd(parts);
    },
  }),
};

async function strip(driver: string): Promise<void> {
  const api = loadKubeConfig().makeApiClient(CoreV1Api);
  const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
  for (;;) {
    await setTimeout(PERIOD);
    try {
      const { items } = await api.listPersistentVolume();
      const doomed = items.filter(
        ({ metadata, spec }) => metadata?.deletionTimestamp !== undefined && spec?.csi?.driver === driver,
      );
      for (const { metadata } of doomed) {
        await api.patchPersistentVolume(
          { name: metadata?.name ?? "", body: { metadata: { finalizers: null } } },
          merge,
        );
      }
    } catch (error) {
      log({ event: "strip failed", message: messageOf(error) });
    }
  }
}
