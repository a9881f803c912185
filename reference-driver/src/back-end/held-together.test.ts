// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { createHeldTogether } from "./held-together.ts";

describe("createHeldTogether", () => {
  it("lets nobody go before the last has come, and gives all one moment", async () => {
    const together = createHeldTogether(3);
    const gone: string[] = [];
    const first = together.arrive().then((moment) => (gone.push("first"), moment));
    const second = together.arrive().then((moment) => (gone.push("second"), moment));
    await new Promise((resolve) => setImmediate(resolve));
    expect(gone).toEqual([]);
    const moments = await Promise.all([first, second, together.arrive()]);
    expect(new Set(moments.map((moment) => moment.getTime())).size).toBe(1);
  });

  it("lets all go with an error when one gives up", async () => {
    const together = createHeldTogether(2);
    const waiting = together.arrive();
    together.giveUp(new Error("no room"));
    await expect(waiting).rejects.toThrow("no room");
    await expect(together.arrive()).rejects.toThrow("no room");
  });

  it("lets all go with ABORTED when one does not come in time", async () => {
    const together = createHeldTogether(2, 10);
    await expect(together.arrive()).rejects.toMatchObject({ code: "ABORTED", message: /1 of 2 were held/ });
  });
});
