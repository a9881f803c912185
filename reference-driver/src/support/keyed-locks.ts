// SPDX-License-Identifier: Apache-2.0
import { AsyncLocalStorage } from "node:async_hooks";

type Release = () => void;

/**
 * Mutual exclusion by name. Work that already holds a name may ask for it again (the locks are re-entrant along one chain
 * of awaits). Names must be asked for in the order "derived object before its source", which keeps chains free of cycles.
 */
export class KeyedLocks {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #held = new AsyncLocalStorage<ReadonlySet<string>>();

  /** Runs the work while all the names are held, and gives back what it gives. */
  async run<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const held = this.#held.getStore() ?? new Set<string>();
    const wanted = [...new Set(names)].filter((name) => !held.has(name));
    const releases: Release[] = [];
    try {
      for (const name of wanted) releases.push(await this.#acquire(name));
      return await this.#held.run(new Set([...held, ...wanted]), work);
    } finally {
      for (const release of releases.reverse()) release();
    }
  }

  async #acquire(name: string): Promise<Release> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const tail = before.then(() => promise);
    this.#tails.set(name, tail);
    await before;
    return () => {
      if (this.#tails.get(name) === tail) this.#tails.delete(name);
      resolve(undefined);
    };
  }
}
