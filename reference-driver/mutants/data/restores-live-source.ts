// SPDX-License-Identifier: Apache-2.0
import type { VolumeSpec } from "../../src/store/volume-spec.ts";
import type { VolumeStore } from "../../src/store/volume-store.ts";
import { breakStore } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The restored volume holds what its source holds now. */
export const mutant: Mutant = {
  slug: "restores-live-source",
  title: "A restored volume gets the source's present bytes instead of the snapshot's",
  breaks: ["snap/point-in-time"],
  caughtBy: ["snapshot/restore-keeps-the-moment"],
  wrap: (services) => breakStore(services, (good) => ({ create: (spec) => restoreLive(good, spec) })),
};

async function restoreLive(good: VolumeStore, spec: VolumeSpec) {
  const snapshot = spec.source?.kind === "snapshot" ? await good.find(spec.source.id) : undefined;
  const live = snapshot?.source && (await good.find(snapshot.source.id));
  if (live === undefined) return good.create(spec);
  const made = await good.create({ ...spec, source: { kind: "volume", id: live.id } });
  return { ...made, source: spec.source };
}
