// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { readWorkers, workerFlags } from "./worker-options.ts";

test("there are workers only when they are asked for, and two when nobody says how many", () => {
  expect(readWorkers({})).toBeUndefined();
  expect(readWorkers({ inCluster: true })).toBe(2);
  expect(readWorkers({ inCluster: true, workers: "7" })).toBe(7);
});

test.each([
  [{ workers: "2" }, "only with --in-cluster"],
  [{ kitImage: "kit:1" }, "only with --in-cluster"],
  [{ inCluster: true, shard: { index: 1, of: 2 } }, "--shard: not with --in-cluster"],
  [{ inCluster: true, kubeconfig: "c" }, "needs --kit-image"],
  [{ inCluster: true, workers: "0" }, "--workers 0: expected 1 to 99"],
  [{ inCluster: true, workers: "many" }, "--workers many: expected 1 to 99"],
])("%j is refused", (options, message) => {
  expect(() => readWorkers(options)).toThrow(message);
});

test("the flags that are reported ask for the same again", () => {
  expect(workerFlags({ inCluster: true }, 2)).toBe("--in-cluster --workers 2");
  expect(workerFlags({ kubeconfig: "c", kitImage: "kit:1" }, 3)).toBe(
    "--in-cluster --workers 3 --kit-image kit:1",
  );
});
