// SPDX-License-Identifier: Apache-2.0
import type { BackEnd, BackEndItem } from "../../catalogue/context/back-end.ts";
import { listContents } from "../../kube/reap.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects, waitTimeout } from "../../kube/watch.ts";
import { isKitError, KitError } from "../../support/errors.ts";
import type { Lister } from "../back-end-lister.ts";
import { waitFor, type CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";

export function grantBackEnd(run: CaseRun): BackEnd {
  return {
    list: () => listerOf(run).list(),
    holds: async (handle) => (await listerOf(run).list()).some((item) => item.id === handle),
    nothingUnknownSince: (before) => nothingUnknownSince(run, before),
  };
}

async function nothingUnknownSince(run: CaseRun, before: readonly BackEndItem[]): Promise<void> {
  const old = new Set(before.map(keyOf));
  const made = (await listerOf(run).list()).filter((item) => !old.has(keyOf(item)));
  if (made.length === 0) return;
  const unknown = await untilKnown(run, new Set(made.map((item) => item.id)));
  if (unknown.size === 0) return;
  const still = (await listerOf(run).list()).filter((item) => unknown.has(item.id));
  if (still.length === 0) return;
  const seen = still.map(({ id, node }) => `${id} on ${node}`).join(", ");
  throw new CheckFailed(
    "The back end holds only volumes and snapshots that the API knows",
    "nothing else",
    seen,
  );
}

/** Takes out of a set of ids those that volumes and snapshot contents refer to, waiting for them; returns the rest. */
async function untilKnown(run: CaseRun, ids: Set<string>): Promise<ReadonlySet<string>> {
  const wait = waitFor(run, "volumeKnown", "what the back end holds to appear in the API");
  try {
    await untilObjects(run.kube, { resource: resources.volumes, selection: {} }, wait, async (volumes) => {
      for (const volume of volumes.values()) ids.delete(volume.spec.csi?.volumeHandle ?? "");
      if (ids.size > 0)
        for (const content of await listContents(run.kube)) ids.delete(content.status?.snapshotHandle ?? "");
      return ids.size === 0 ? { done: true, value: undefined } : { done: false, seen: [...ids].join(", ") };
    });
  } catch (thrown) {
    if (!isKitError(thrown) || thrown.code !== waitTimeout) throw thrown;
    for (const content of await listContents(run.kube)) ids.delete(content.status?.snapshotHandle ?? "");
  }
  return ids;
}

/** @throws KitError `BACK_END_LIST` when there is none to ask */
export function listerOf(run: CaseRun): Lister {
  if (run.backEnd === undefined)
    throw new KitError(
      "BACK_END_LIST",
      "the back end cannot be asked: the profile names neither a backEnd command nor sockets",
    );
  return run.backEnd;
}

function keyOf({ id, node }: BackEndItem): string {
  return `${node}/${id}`;
}
