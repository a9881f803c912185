// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

interface Job {
  readonly name: string;
  readonly megabytes: number;
  readonly typicalSeconds: number;
}

/** Runs jobs that end one after another, and tells who was inside together. */
async function together(
  room: { cases: number; megabytes: number },
  jobs: readonly Job[],
): Promise<string[][]> {
  const admission = new Admission(room);
  const inside = new Map<string, () => void>();
  const seen: string[][] = [];
  const all = Promise.all(
    jobs.map((job) =>
      admission.run(job, async () => {
        const { promise, resolve } = Promise.withResolvers<undefined>();
        inside.set(job.name, () => resolve(undefined));
        await promise;
      }),
    ),
  );
  for (let ended = 0; ended < jobs.length; ended += 1) {
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    seen.push([...inside.keys()].toSorted());
    const [name, end] = [...inside][0] ?? [];
    inside.delete(name ?? "");
    end?.();
  }
  await all;
  return seen;
}

function job(name: string, megabytes: number, typicalSeconds = 1): Job {
  return { name, megabytes, typicalSeconds };
}

test("no more cases at once than the room has places", async () => {
  const seen = await together(
    { cases: 2, megabytes: 100 },
    ["a", "b", "c"].map((name) => job(name, 1)),
  );
  expect(seen).toEqual([["a", "b"], ["b", "c"], ["c"]]);
});

test("declared sizes never exceed the room, and a small case passes a large one that waits", async () => {
  const seen = await together({ cases: 9, megabytes: 100 }, [job("a", 60), job("b", 50), job("c", 40)]);
  expect(seen[0]).toEqual(["a", "c"]);
  for (const names of seen) expect(names).not.toEqual(expect.arrayContaining(["a", "b"]));
});

test("long cases go first", async () => {
  const seen = await together({ cases: 1, megabytes: 100 }, [job("short", 1, 1), job("long", 1, 9)]);
  expect(seen).toEqual([["long"], ["short"]]);
});

test("a case larger than the whole room runs alone", async () => {
  const seen = await together({ cases: 9, megabytes: 100 }, [job("huge", 500, 9), job("a", 1)]);
  expect(seen).toEqual([["huge"], ["a"]]);
});
