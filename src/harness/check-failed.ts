// SPDX-License-Identifier: Apache-2.0

/** What an assertion of a case found: the driver does not do what the case says. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
  readonly expected: string;
  readonly seen: string;
  /** The requirement that is not met, where the check knows it better than its step. */
  readonly requirement: string | undefined;

  /** @param statement What must hold, in a sentence. */
  constructor(statement: string, expected: string, seen: string, requirement?: string) {
    super(`${statement}: expected ${expected}, seen ${seen}`);
    this.expected = expected;
    this.seen = seen;
    this.requirement = requirement;
  }
}
