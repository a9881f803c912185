// SPDX-License-Identifier: Apache-2.0
import type { Assumed, Demand } from "./model.ts";

/** A pod whose node the scheduler is choosing just now. */
interface Choice {
  readonly demands: readonly Demand[];
  /** The nodes it was offered. */
  readonly nodes: readonly string[];
  readonly until: number;
}

/**
 * The scheduler writes a claim's selected node a moment after it asked about the pod, and may ask about the next pod in
 * between. These are the pods in that moment: asked about, their node not yet written.
 */
export class InFlight {
  readonly #choices = new Map<string, Choice>();
  readonly #lastsMs: number;

  /** @param lastsMs how long a choice is waited for at most; after that it is taken for given up */
  constructor(lastsMs: number) {
    this.#lastsMs = lastsMs;
  }

  /** Notes what a pod was offered. An earlier offer to it is void. */
  offer(pod: string, demands: readonly Demand[], nodes: readonly string[], now: number): void {
    this.#choices.delete(pod);
    if (nodes.length > 0) this.#choices.set(pod, { demands, nodes, until: now + this.#lastsMs });
  }

  /**
   * What other pods may be about to take, on every node that each was offered.
   * @param isOpen whether a demand's claim still has neither node nor volume
   */
  mayTake(pod: string, now: number, isOpen: (demand: Demand) => boolean): Assumed[] {
    this.#forget(now, isOpen);
    return [...this.#choices]
      .filter(([other]) => other !== pod)
      .flatMap(([, { demands, nodes }]) =>
        nodes.flatMap((node) => demands.filter(isOpen).map((demand) => ({ ...pick(demand), node }))),
      );
  }

  /** When the oldest choice is given up, in the time of `now`. */
  get nextEnd(): number | undefined {
    const ends = [...this.#choices.values()].map((choice) => choice.until);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  #forget(now: number, isOpen: (demand: Demand) => boolean): void {
    for (const [pod, choice] of this.#choices)
      if (choice.until <= now || !choice.demands.some(isOpen)) this.#choices.delete(pod);
  }
}

function pick({ volumeId, driverName, poolClass, bytes }: Demand): Omit<Assumed, "node"> {
  return { volumeId, driverName, poolClass, bytes };
}
