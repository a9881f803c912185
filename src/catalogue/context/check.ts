// SPDX-License-Identifier: Apache-2.0

/** Assertions: each one says in a sentence what must hold, and throws when it does not. */
export interface Check {
  equal<T extends string | number | boolean | undefined>(statement: string, seen: T, expected: T): void;
  /** Order and repetition do not matter. */
  sameSet(statement: string, seen: readonly string[], expected: readonly string[]): void;
  includes(statement: string, seen: readonly string[], expected: string): void;
  /** What was seen is one of those that are allowed. */
  isOneOf(statement: string, seen: string, allowed: readonly string[]): void;
  /** In bytes. */
  atLeast(statement: string, seen: number, least: number): void;
  /** `seen` says in words what was found when the condition does not hold. */
  holds(statement: string, condition: boolean, seen: string): void;
}
