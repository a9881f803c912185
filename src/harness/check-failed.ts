// SPDX-License-Identifier: Apache-2.0

/** What an assertion of a case found: the driver does not do what the case says. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
  readonly expected: string;
  readonly seen: string;

  /** @param statement What must hold, in a sentence. */
  constructor(statement: string, expected: string, seen: string) {
    super(`${statement}: expected ${expected}, seen ${seen}`);
    this.expected = expected;
    this.seen = seen;
  }
}
