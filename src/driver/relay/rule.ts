// SPDX-License-Identifier: Apache-2.0

/** What happens to calls of one method on their way through the relay. */
export interface RelayRule {
  /** `CreateVolume`. */
  readonly method: string;
  /**
   * lose-answer: the driver does the work, the caller hears that the connection broke.
   * fail: the driver is not asked, the caller gets the code.
   * duplicate: the driver gets the request twice at once, the caller one of the answers.
   * hold: the driver does the work, its answer waits until the rule is taken away.
   */
  readonly action: "lose-answer" | "fail" | "duplicate" | "hold";
  /** gRPC status number; for fail. */
  readonly code?: number;
  /** How many calls it is for; all when left out. */
  readonly times?: number;
}

/** A call that the relay has seen. */
export interface RelayedCall {
  readonly method: string;
  readonly action: RelayRule["action"] | "pass";
  /** gRPC status of the driver's answer, as text; absent when it was not asked. */
  readonly status?: string;
}

/** Picks the rule for each call and counts down those that are for a number of calls. */
export class RuleBook {
  #rules: { readonly rule: RelayRule; left: number }[] = [];

  replace(rules: readonly RelayRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }));
  }

  /** The first rule for the method that is not used up. */
  take(method: string): RelayRule | undefined {
    const found = this.#rules.find(({ rule, left }) => rule.method === method && left > 0);
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule;
  }

  /** Whether answers to the method are still to be held. */
  holds(method: string): boolean {
    return this.#rules.some(({ rule }) => rule.method === method && rule.action === "hold");
  }
}
