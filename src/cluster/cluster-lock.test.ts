// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withClusterLock } from "./cluster-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "seaworthy-lock-"));
beforeEach(() => {
  vi.stubEnv("XDG_STATE_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("one at a time; who comes second is told, and goes on when the first has failed", async () => {
  const order: string[] = [];
  const entered = Promise.withResolvers<undefined>();
  const told = Promise.withResolvers<undefined>();
  const first = withClusterLock(
    "sw-a",
    () => order.push("first waits"),
    async () => {
      entered.resolve(undefined);
      await told.promise;
      order.push("first ends");
      throw new Error("failed");
    },
  );
  await entered.promise;
  const second = withClusterLock(
    "sw-a",
    () => told.resolve(undefined),
    () => Promise.resolve(order.push("second")),
  );
  await expect(first).rejects.toThrow("failed");
  await second;
  expect(order).toEqual(["first ends", "second"]);
});

test("clusters of other names do not wait", async () => {
  const outer = withClusterLock(
    "sw-a",
    () => undefined,
    () =>
      withClusterLock(
        "sw-b",
        () => undefined,
        () => Promise.resolve("both"),
      ),
  );
  expect(await outer).toBe("both");
});
