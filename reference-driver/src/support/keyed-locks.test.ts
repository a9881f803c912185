// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { KeyedLocks } from "./keyed-locks.ts";

describe("KeyedLocks", () => {
  it("runs work on one name one after the other, in the order asked", async () => {
    const locks = new KeyedLocks();
    const seen: string[] = [];
    const work = (label: string) =>
      locks.run(["volume"], async () => {
        seen.push(`${label} in`);
        await new Promise(setImmediate);
        seen.push(`${label} out`);
      });
    await Promise.all([work("a"), work("b")]);
    expect(seen).toEqual(["a in", "a out", "b in", "b out"]);
  });

  it("runs work on different names at the same time", async () => {
    const locks = new KeyedLocks();
    const gate = Promise.withResolvers<undefined>();
    const first = locks.run(["a"], () => gate.promise);
    await locks.run(["b"], async () => {
      gate.resolve(undefined);
      await Promise.resolve();
    });
    await first;
  });

  it("lets work ask again for what it holds", async () => {
    const locks = new KeyedLocks();
    const answer = await locks.run(["a"], () => locks.run(["a", "b"], () => Promise.resolve(7)));
    expect(answer).toBe(7);
  });

  it("frees a name when the work fails", async () => {
    const locks = new KeyedLocks();
    await expect(locks.run(["a"], () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    await expect(locks.run(["a"], () => Promise.resolve("free"))).resolves.toBe("free");
  });
});
