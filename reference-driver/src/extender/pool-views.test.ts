// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { storageOf } from "./objects-in-memory.ts";
import { poolViews } from "./pool-views.ts";

it("leaves out a pool whose agent never reported, though others have spoken of it", () => {
  const reported = storageOf("n1", { available: 1 });
  const silent = { ...storageOf("n2", { available: 1 }), status: { conditions: [] } };
  expect(poolViews([reported, silent]).map((pool) => pool.node)).toEqual(["n1"]);
});
