// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { answerUse, removeRecord } from "./remove-record.ts";
import type { LogicalVolume } from "./resources.ts";
import type { RecordListener, VolumeRecords } from "./volume-records.ts";

const spec = { driverName: "d", node: "n", poolClass: "c", kind: "volume", bytes: 1, csiName: "x" } as const;

/** One record, and a node that answers as soon as it sees a change. */
function recordsWith(record: LogicalVolume, usedAt: string | undefined) {
  const listeners = new Set<RecordListener>();
  let now: LogicalVolume | undefined = record;
  let questions = 0;
  const tell = (gone: boolean): void => {
    for (const listener of listeners) listener(now ?? record, gone);
  };
  const merge = async (_id: string, change: object): Promise<LogicalVolume | undefined> => {
    if (now === undefined) return undefined;
    const { annotations } = (change as { metadata: { annotations: Record<string, string> } }).metadata;
    now = {
      ...now,
      metadata: { ...now.metadata, annotations: { ...now.metadata?.annotations, ...annotations } },
    };
    tell(false);
    const answer = await answerUse(now, () => {
      questions += 1;
      return Promise.resolve(usedAt);
    });
    if (answer !== undefined) await merge("v", answer);
    return now;
  };
  const resource = {
    get: () => Promise.resolve(now),
    merge,
    delete: () => {
      const was = now !== undefined;
      now = undefined;
      tell(true);
      return Promise.resolve(was);
    },
  };
  const listen = (listener: RecordListener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const records = { resource, listen } as unknown as VolumeRecords;
  return { records, left: () => now, questions: () => questions };
}

const made: LogicalVolume = { metadata: { name: "v" }, spec, status: { phase: "Ready" } };

test("A volume in use is refused with where it is in use, each time it is asked for, and its record stays", async () => {
  const { records, left, questions } = recordsWith(made, "/var/lib/kubelet/a b");
  for (let time = 1; time <= 2; time += 1)
    await expect(removeRecord(records, "v")).rejects.toMatchObject({
      message: "v: still mounted on /var/lib/kubelet/a b",
    });
  expect(left()).toBeDefined();
  expect(questions()).toBe(2);
});

test("A volume that nobody uses is removed", async () => {
  const { records, left } = recordsWith(made, undefined);
  await removeRecord(records, "v");
  expect(left()).toBeUndefined();
});

test("Of a volume that never became one, and of a snapshot, the node is not asked", async () => {
  const unfinished: LogicalVolume = { metadata: { name: "v" }, spec };
  const snapshot: LogicalVolume = { ...made, spec: { ...spec, kind: "snapshot" } };
  for (const record of [unfinished, snapshot]) {
    const { records, left, questions } = recordsWith(record, "/somewhere");
    await removeRecord(records, "v");
    expect([left(), questions()]).toEqual([undefined, 0]);
  }
});

test("A record that does not ask is not answered", async () => {
  expect(await answerUse(made, () => Promise.resolve("/somewhere"))).toBeUndefined();
});
