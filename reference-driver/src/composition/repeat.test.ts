// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { repeat } from "./repeat.ts";

it("works again when asked, one time after the other, and goes on after a failure", async () => {
  const done = Promise.withResolvers<undefined>();
  const errors: unknown[] = [];
  let running = 0;
  let times = 0;
  const work = async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise(setImmediate);
    running -= 1;
    times += 1;
    if (times === 3) done.resolve(undefined);
    repeated.soon();
    if (times === 1) throw new Error("the first time fails");
  };
  // Started later, as the work names what it is repeated by.
  const repeated = repeat(
    () => Promise.resolve().then(work),
    60_000,
    (error) => errors.push(error),
  );
  await done.promise;
  await repeated.stop();
  expect(errors).toHaveLength(1);
});
