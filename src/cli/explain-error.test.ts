// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { KitError } from "../support/errors.ts";
import { explainError } from "./explain-error.ts";

const noSpace = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

test.each([
  [
    "bad input",
    new KitError("X", "what was wrong", { kind: "usage", hint: "do this" }),
    3,
    "seaworthy: what was wrong\n  Hint: do this\n",
  ],
  ["a poor host", new KitError("X", "no root", { kind: "host" }), 2, "seaworthy: no root\n"],
  ["the kit's own failure", new KitError("X", "broken"), 2, "seaworthy: broken\n"],
])("%s has its exit code, one line and a hint", (_words, thrown, exitCode, text) => {
  expect(explainError(thrown)).toEqual({ exitCode, text });
});

test("A full disk is the host's fault wherever in the chain of causes it stands", () => {
  const { text, exitCode } = explainError(
    new KitError("EXEC_FAILED", "tar: exit code 2", { cause: noSpace }),
  );
  expect(exitCode).toBe(2);
  expect(text).toContain("Hint: free some space");
});

test("Something unforeseen says where it was and that it is a bug", () => {
  const { text, exitCode } = explainError(new TypeError("x is undefined"));
  expect(exitCode).toBe(2);
  expect(text).toMatch(/internal error: x is undefined .*\n {2}Hint: this is a bug in the kit/);
});
