// SPDX-License-Identifier: Apache-2.0
import type { CustomResource } from "../cluster/custom-resource.ts";
import type { EventWriter } from "../cluster/event-writer.ts";
import type { NodeLocalStorage, StorageCondition } from "../cluster/resources.ts";
import { changedCondition } from "./pool-conditions.ts";
import type { FreshCondition } from "./pool-conditions.ts";

/** What conditions are written with. */
export interface ConditionWriterParts {
  readonly storages: CustomResource<NodeLocalStorage>;
  readonly events: EventWriter;
  /** Owner of the conditions: another owner's stay as they are. */
  readonly owner: string;
}

/** Writes the conditions one owner keeps on a pool's object, when one of them changed, and an event for each status that did. */
export async function writeConditions(
  { storages, events, owner }: ConditionWriterParts,
  storage: NodeLocalStorage,
  fresh: readonly FreshCondition[],
): Promise<void> {
  const known = storage.status?.conditions ?? [];
  const changed = fresh.flatMap((condition) => changedCondition(condition, known, new Date()) ?? []);
  if (changed.length === 0) return;
  const kept = known.filter((condition) => isOf(fresh, condition.type) && !isOf(changed, condition.type));
  const name = storage.metadata?.name ?? "";
  await storages.applyStatus(
    name,
    { kind: "NodeLocalStorage", status: { conditions: [...changed, ...kept] } },
    owner,
  );
  for (const { type, status, reason, message } of changed) {
    const before = known.find((condition) => condition.type === type)?.status;
    // A pool that is well from the start is no news.
    if (status === before || (before === undefined && status === "True")) continue;
    await events.write(storage, {
      type: status === "True" ? "Normal" : "Warning",
      reason,
      message,
      action: "Report",
    });
  }
}

function isOf(list: readonly { type: StorageCondition["type"] }[], type: StorageCondition["type"]): boolean {
  return list.some((condition) => condition.type === type);
}
