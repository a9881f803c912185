// SPDX-License-Identifier: Apache-2.0
import { SILENCE_MS } from "../back-end/back-end.ts";
import { DRIVER_LABEL } from "../cluster/resources.ts";
import { writeConditions } from "./condition-writer.ts";
import type { ConditionWriterParts } from "./condition-writer.ts";
import { heartbeatFresh } from "./pool-conditions.ts";

/**
 * One round: says of each pool of a driver whether its node still reports. Done where the nodes are not, as a node that is
 * gone cannot say so itself.
 */
export async function judgeHeartbeats(parts: ConditionWriterParts, driverName: string): Promise<void> {
  const { items } = await parts.storages.list(`${DRIVER_LABEL}=${driverName}`);
  for (const storage of items) {
    const fresh = heartbeatFresh(storage.status?.heartbeat, SILENCE_MS, new Date());
    await writeConditions(parts, storage, [fresh]);
  }
}
