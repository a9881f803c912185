// SPDX-License-Identifier: Apache-2.0
import type { Check } from "../../catalogue/context/check.ts";
import { CheckFailed } from "../check-failed.ts";

/** The assertions of a case body. */
export const check: Check = {
  equal: (statement, seen, expected) => {
    if (seen !== expected) throw new CheckFailed(statement, String(expected), String(seen));
  },
  sameSet: (statement, seen, expected) => {
    const [a, b] = [inOrder(seen), inOrder(expected)];
    if (a !== b) throw new CheckFailed(statement, b, a);
  },
  includes: (statement, seen, expected) => {
    if (!seen.includes(expected)) throw new CheckFailed(statement, `${expected} among them`, inOrder(seen));
  },
  isOneOf: (statement, seen, allowed) => {
    if (!allowed.includes(seen)) throw new CheckFailed(statement, `one of: ${inOrder(allowed)}`, seen);
  },
  atLeast: (statement, seen, least) => {
    if (!(seen >= least))
      throw new CheckFailed(statement, `at least ${String(Math.ceil(least))} bytes`, `${String(seen)} bytes`);
  },
  holds: (statement, condition, seen) => {
    if (!condition) throw new CheckFailed(statement, "that it holds", seen);
  },
};

function inOrder(values: readonly string[]): string {
  const distinct = [...new Set(values)].sort();
  return distinct.length === 0 ? "nothing" : distinct.join(", ");
}
