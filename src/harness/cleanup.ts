// SPDX-License-Identifier: Apache-2.0
import { toError } from "../support/errors.ts";

interface Entry {
  readonly what: string;
  readonly undo: () => Promise<void>;
}

/** What has to be undone, harm first, then the last done first; one that fails does not keep the others from being tried. */
export class CleanupStack {
  readonly #entries: Entry[] = [];
  readonly #harm: Entry[] = [];

  /** @param what Names the entry in messages: `empty namespace sw-1`. */
  add(what: string, undo: () => Promise<void>): void {
    this.#entries.push({ what, undo });
  }

  /** For harm done to the cluster itself: without it undone nothing else may be possible to undo. */
  addHarm(what: string, undo: () => Promise<void>): void {
    this.#harm.push({ what, undo });
  }

  /** Undoes everything once; returns what went wrong. */
  async run(): Promise<Error[]> {
    const errors: Error[] = [];
    for (let entry = this.#next(); entry !== undefined; entry = this.#next()) {
      try {
        await entry.undo();
      } catch (thrown) {
        errors.push(new Error(`${entry.what}: ${toError(thrown).message}`, { cause: thrown }));
      }
    }
    return errors;
  }

  #next(): Entry | undefined {
    return this.#harm.pop() ?? this.#entries.pop();
  }
}
