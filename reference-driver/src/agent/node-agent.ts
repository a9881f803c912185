// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume } from "../cluster/resources.ts";
import type { VolumeRecords } from "../cluster/volume-records.ts";
import { log, messageOf } from "../support/log.ts";
import type { Reconciler } from "./reconciler.ts";

/** What the agent is built from. */
export interface AgentParts {
  readonly node: string;
  readonly records: VolumeRecords;
  readonly reconciler: Reconciler;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/** Listens to the records and works on those of this node, each by itself, one state after the other. */
export function startAgent({ node, records, reconciler }: AgentParts): () => void {
  const busy = new Set<string>();
  const again = new Set<string>();

  const unlisten = records.listen((record, gone) => {
    const id = record.metadata?.name ?? "";
    if (gone)
      void reconciler
        .forget(id)
        .catch((error: unknown) => log({ event: "forget failed", id, message: messageOf(error) }));
    else if (record.spec.node === node) void work(id);
  });
  return unlisten;

  async function work(id: string): Promise<void> {
    if (busy.has(id)) {
      again.add(id);
      return;
    }
    busy.add(id);
    do {
      again.delete(id);
      await attempt(id);
    } while (again.has(id));
    busy.delete(id);
  }

  async function attempt(id: string): Promise<void> {
    for (let delay = FIRST_RETRY_MS; ; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
      // Retries look at the newest state: what failed may not be wanted any more.
      const record: LogicalVolume | undefined = records.seen(id);
      if (record === undefined) return;
      try {
        await reconciler.reconcile(record);
        return;
      } catch (error) {
        log({ event: "reconcile failed", id, message: messageOf(error), retryMs: delay });
        await new Promise((resolve) => setTimeout(resolve, delay).unref());
      }
    }
  }
}
