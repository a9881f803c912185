// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../catalogue/mutant.ts";
import { type Berth, type BerthedDriver, openBerth, openBerthFor, takesWhileRunning } from "./berth.ts";
import type { DriverPreparation } from "./driver-deployment.ts";

/** The berths of a proof: at most one for each lane and driver, deployed when first needed. */
export class Berths {
  readonly #open = new Map<string, Promise<Berth>>();
  readonly #state: DriverPreparation;
  readonly #prefix: string;

  /** @param prefix put in front of the copies' names */
  constructor(state: DriverPreparation, prefix: string) {
    this.#state = state;
    this.#prefix = prefix;
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
    const opening =
      this.#open.get(key) ?? openBerth(this.#state, driver, `${this.#prefix}berth-${String(lane + 1)}`);
    this.#open.set(key, opening);
    try {
      const berth = await opening;
      await berth.admit(mutant);
      return await work(berth.state);
    } finally {
      await this.#clear(key, opening);
    }
  }

  /** Removes all copies. */
  async closeAll(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(async (opening) => (await opening).close()));
  }

  async #clear(key: string, opening: Promise<Berth>): Promise<void> {
    const berth = await opening.catch(() => undefined);
    if (berth !== undefined && (await berth.clear())) return;
    this.#open.delete(key);
    await berth?.close();
  }
}
