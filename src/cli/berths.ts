// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import { toError } from "../support/errors.ts";
import { type Berth, type BerthedDriver, openBerth, openBerthFor, takesWhileRunning } from "./berth.ts";
import type { DriverPreparation } from "./driver-deployment.ts";

/** The berths of a proof: at most one for each lane and driver, deployed when first needed. */
export class Berths {
  readonly #open = new Map<string, Promise<Berth>>();
  readonly #state: DriverPreparation;
  readonly #prefix: string;
  readonly #print: (line: string) => void;
  #opened = 0;

  /** @param prefix put in front of the copies' names */
  constructor(state: DriverPreparation, prefix: string, print: (line: string) => void) {
    this.#state = state;
    this.#prefix = prefix;
    this.#print = print;
  }

  /** Does something with a mutant in a berth of a lane, and makes the berth fit for the next or gives it up. */
  async with<T>(
    lane: number,
    driver: BerthedDriver,
    mutant: MutantInfo,
    work: (state: DriverPreparation) => Promise<T>,
  ): Promise<T> {
    if (!takesWhileRunning(driver, mutant)) {
      const berth = await openBerthFor(this.#state, driver, `${this.#prefix}${mutant.slug}`, mutant);
      return work(berth.state).finally(() => berth.close());
    }
    const key = `${driver.profile.spec.driver.name} ${String(lane)}`;
    const opening = this.#open.get(key) ?? openBerth(this.#state, driver, this.#newName());
    this.#open.set(key, opening);
    try {
      const berth = await opening;
      await berth.admit(mutant);
      return await work(berth.state);
    } finally {
      await this.#clear(key, opening, mutant);
    }
  }

  /** Removes all copies. */
  async closeAll(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    const closed = await Promise.allSettled(all.map(async (opening) => (await opening).close()));
    for (const one of closed) if (one.status === "rejected") this.#print(`  ${toError(one.reason).message}`);
  }

  /** A name of its own for each: the objects of one that was given up may still be going. */
  #newName(): string {
    this.#opened += 1;
    return `${this.#prefix}berth-${String(this.#opened)}`;
  }

  async #clear(key: string, opening: Promise<Berth>, { slug }: MutantInfo): Promise<void> {
    const berth = await opening.catch(() => undefined);
    const reason = await berth?.clear();
    if (berth !== undefined && reason === undefined) return;
    this.#open.delete(key);
    if (reason !== undefined)
      this.#print(`  a new copy takes the next mutant, as ${slug} left something: ${reason}`);
    await berth?.close();
  }
}
