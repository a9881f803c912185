// SPDX-License-Identifier: Apache-2.0
import { makeExt4 } from "../../src/mount/ext4.ts";
import { mountOf } from "../../src/mount/freeze.ts";
import type { VolumeRecords } from "../../src/cluster/volume-records.ts";
import type { Mutant } from "../mutant.ts";

/** Set on a record when its volume is unstaged: a moment, in milliseconds. */
const IDLE_SINCE = "mutant.seaworthy.dev/idle-since";
/** How many volumes of the cluster may go idle after one before its bytes are given up. */
const REMEMBERED = 2;

/**
 * Behaves like a cache of idle volumes with two places: one pod re-created alone finds its bytes, but of three replicas
 * scaled down together the first to go finds its own place taken.
 */
export const mutant: Mutant = {
  slug: "forgets-idle-volumes",
  title: "A volume that went idle before two others did comes back empty",
  breaks: ["topo/statefulset"],
  caughtBy: ["placement/statefulset-keeps-its-disks"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      const { store } = parts;
      const idle = idleLedger(parts.records);
      return {
        ...good,
        nodeStageVolume: (request) =>
          store.exclusively(request.volumeId, async () => {
            if (await idle.isForgotten(request.volumeId)) {
              const device = await store.activate(request.volumeId);
              if ((await mountOf(device)) === undefined) await makeExt4(device);
            }
            return good.nodeStageVolume(request);
          }),
        nodeUnstageVolume: async (request) => {
          const answer = await good.nodeUnstageVolume(request);
          await idle.note(request.volumeId);
          return answer;
        },
      };
    },
  }),
};

interface IdleLedger {
  note(id: string): Promise<void>;
  isForgotten(id: string): Promise<boolean>;
}

function idleLedger(records: VolumeRecords | undefined): IdleLedger {
  const local = new Map<string, number>();
  const since = async (): Promise<ReadonlyMap<string, number>> => {
    if (records === undefined) return local;
    const annotated = (await records.list()).map(
      (record) =>
        [record.metadata?.name ?? "", Number(record.metadata?.annotations?.[IDLE_SINCE] ?? 0)] as const,
    );
    return new Map(annotated.filter(([, moment]) => moment > 0));
  };
  return {
    note: async (id) => {
      const now = Date.now();
      local.set(id, now);
      await records?.resource.merge(id, { metadata: { annotations: { [IDLE_SINCE]: String(now) } } });
    },
    isForgotten: async (id) => {
      const moments = await since();
      const own = moments.get(id);
      if (own === undefined) return false;
      const later = [...moments].filter(([other, moment]) => other !== id && moment > own);
      return later.length >= REMEMBERED;
    },
  };
}
