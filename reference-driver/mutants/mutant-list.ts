// SPDX-License-Identifier: Apache-2.0
import { mutant as affinityMissing } from "./affinity-missing.ts";
import { mutant as affinityNamesZoneOnly } from "./affinity-names-zone-only.ts";
import { mutant as forgetsIdleVolumes } from "./forgets-idle-volumes.ts";
import { mutant as ignoresSelectedNode } from "./ignores-selected-node.ts";
import type { Mutant } from "./mutant.ts";
import { mutant as reformatsOnStage } from "./reformats-on-stage.ts";
import { mutant as restoreRollsBackSource } from "./restore-rolls-back-source.ts";
import { mutant as restoresLiveSource } from "./restores-live-source.ts";
import { mutant as restoresNothing } from "./restores-nothing.ts";

/** Every mutant there is. */
export const MUTANTS: readonly Mutant[] = [
  restoresLiveSource,
  restoresNothing,
  restoreRollsBackSource,
  ignoresSelectedNode,
  affinityNamesZoneOnly,
  affinityMissing,
  reformatsOnStage,
  forgetsIdleVolumes,
];
