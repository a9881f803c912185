// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Phase } from "../catalogue/context.ts";
import { KitError } from "../support/errors.ts";
import { CheckFailed } from "./check-failed.ts";
import { CleanupStack } from "./cleanup.ts";
import { check } from "./grants/check.ts";
import { blame, describeFailure } from "./outcome.ts";
import { StepRecorder } from "./steps.ts";

const failedCheck = new CheckFailed("The pod is on the disk's node", "a", "b");
const timeout = new KitError("WAIT_TIMEOUT", "waited", {
  details: { what: "claim to be Bound", seen: "Pending" },
});
const at = (phase: Phase) => ({ phase, step: "s" });

test.each<[string, unknown, Phase | undefined, string]>([
  ["a failed check while arranging", failedCheck, "arrange", "error"],
  ["a time-out while arranging", timeout, "arrange", "error"],
  ["a failed check while acting", failedCheck, "act", "failed"],
  ["a failed check while asserting", failedCheck, "assert", "failed"],
  ["a time-out while acting", timeout, "act", "failed"],
  ["a time-out while asserting", timeout, "assert", "failed"],
  ["another error of the kit", new KitError("POD_EXEC", "broke"), "assert", "error"],
  ["a pod of the kit that does not start", new KitError("SOCKET_POD", "waited"), "assert", "error"],
  ["a mistake in the case", new TypeError("undefined is not a function"), "assert", "error"],
  ["a check outside of any step", failedCheck, undefined, "error"],
  ["something that is no error", "text", "act", "error"],
])("%s", (_what, thrown, phase, expected) => {
  expect(blame(thrown, phase && at(phase))).toBe(expected);
});

test("A failure carries what was expected and seen, the step, and the requirement only when it is the driver's", () => {
  const failure = describeFailure(failedCheck, at("assert"), "topo/x");
  expect(failure).toMatchObject({
    message: "The pod is on the disk's node: expected a, seen b",
    expected: "a",
    seen: "b",
    step: "s",
    requirement: "topo/x",
  });
  expect(describeFailure(timeout, at("act"), undefined)).toMatchObject({
    expected: "claim to be Bound",
    seen: "Pending",
  });
  expect(describeFailure(failedCheck, at("arrange"), "topo/x").requirement).toBeUndefined();
});

test("The check knows the requirement best, then its step, then the case", () => {
  const exact = new CheckFailed("s", "a", "b", "topo/check");
  expect(describeFailure(exact, { ...at("act"), requirement: "topo/step" }, "topo/case").requirement).toBe(
    "topo/check",
  );
  expect(
    describeFailure(failedCheck, { ...at("act"), requirement: "topo/step" }, "topo/case").requirement,
  ).toBe("topo/step");
  expect(describeFailure(failedCheck, at("act"), "topo/case").requirement).toBe("topo/case");
});

test("Steps are kept in order; the first that does not pass is remembered", async () => {
  const steps = new StepRecorder();
  expect(await steps.step("arrange", "one", () => Promise.resolve(1))).toBe(1);
  await expect(steps.step("assert", "two", () => Promise.reject(failedCheck))).rejects.toBe(failedCheck);
  expect(steps.results.map(({ phase, title, outcome }) => [phase, title, outcome])).toEqual([
    ["arrange", "one", "passed"],
    ["assert", "two", "failed"],
  ]);
  expect(steps.ended).toEqual({ phase: "assert", step: "two" });
});

test("Clean-up runs backwards and goes on after an error", async () => {
  const order: number[] = [];
  const stack = new CleanupStack();
  for (const n of [1, 2, 3]) {
    stack.add(`undo ${String(n)}`, () => {
      order.push(n);
      return n === 2 ? Promise.reject(new Error("stuck")) : Promise.resolve();
    });
  }
  expect((await stack.run()).map((error) => error.message)).toEqual(["undo 2: stuck"]);
  expect(order).toEqual([3, 2, 1]);
  expect(await stack.run()).toEqual([]);
});

test("Harm is undone before everything else", async () => {
  const order: string[] = [];
  const stack = new CleanupStack();
  const note = (what: string) => () => {
    order.push(what);
    return Promise.resolve();
  };
  stack.addHarm("start the node", note("node"));
  stack.add("empty the namespace", note("namespace"));
  await stack.run();
  expect(order).toEqual(["node", "namespace"]);
});

test("Checks pass on what holds and say what does not", () => {
  check.equal("n", 1, 1);
  check.sameSet("s", ["b", "a", "a"], ["a", "b"]);
  check.includes("i", ["a"], "a");
  check.holds("h", true, "");
  expect(() => {
    check.equal("One is two", 1, 2);
  }).toThrow("One is two: expected 2, seen 1");
  expect(() => {
    check.sameSet("All zones", ["a"], ["b", "a"]);
  }).toThrow("All zones: expected a, b, seen a");
  expect(() => {
    check.includes("It is there", [], "a");
  }).toThrow("It is there: expected a among them, seen nothing");
  expect(() => {
    check.holds("It holds", false, "the opposite");
  }).toThrow("It holds: expected that it holds, seen the opposite");
});
