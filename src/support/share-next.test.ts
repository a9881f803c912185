// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { shareNext } from "./share-next.ts";

test("those that ask together share a run; one that asks during it gets the next", async () => {
  let runs = 0;
  const gates = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const started = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const ask = shareNext(async () => {
    const run = runs++;
    started[run]?.resolve(undefined);
    await gates[run]?.promise;
    return run;
  });
  const together = [ask(), ask()];
  await started[0]?.promise;
  const later = ask();
  expect(runs).toBe(1);
  gates[0]?.resolve(undefined);
  expect(await Promise.all(together)).toEqual([0, 0]);
  gates[1]?.resolve(undefined);
  expect(await later).toBe(1);
});

test("a run that fails is told to its callers and does not stop the next", async () => {
  let runs = 0;
  const ask = shareNext(() =>
    runs++ === 0 ? Promise.reject(new Error("first")) : Promise.resolve("second"),
  );
  await expect(ask()).rejects.toThrow("first");
  expect(await ask()).toBe("second");
});
