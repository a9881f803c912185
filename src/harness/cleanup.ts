// SPDX-License-Identifier: Apache-2.0
import { toError } from "../support/errors.ts";

/** What has to be undone, last done first; one that fails does not keep the others from being tried. */
export class CleanupStack {
  readonly #entries: { readonly what: string; readonly undo: () => Promise<void> }[] = [];

  /** @param what Names the entry in messages: `empty namespace sw-1`. */
  add(what: string, undo: () => Promise<void>): void {
    this.#entries.push({ what, undo });
  }

  /** Undoes everything once; returns what went wrong. */
  async run(): Promise<Error[]> {
    const errors: Error[] = [];
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
      try {
        await entry.undo();
      } catch (thrown) {
        errors.push(new Error(`${entry.what}: ${toError(thrown).message}`, { cause: thrown }));
      }
    }
    return errors;
  }
}
