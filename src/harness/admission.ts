// SPDX-License-Identifier: Apache-2.0

/** How much may go on in the cluster at once. */
export interface Room {
  readonly cases: number;
  /** Sum of the volumes' declared sizes, MiB. */
  readonly megabytes: number;
}

/** What a case takes of it. */
interface Weight {
  readonly megabytes: number;
  /** Long ones go first, so that none is left to run on its own at the end. */
  readonly typicalSeconds: number;
}

interface Waiting {
  readonly weight: Weight;
  readonly enter: () => void;
}

/** Lets cases in while there is room for them: the pools' space is set aside by declared cost, so that no case starves another. */
export class Admission {
  readonly #room: Room;
  readonly #waiting: Waiting[] = [];
  #cases = 0;
  #megabytes = 0;
  #isCalled = false;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Waits for room, runs the work, and gives the room back however the work ends. */
  async run<T>(weight: Weight, work: () => Promise<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#waiting.push({ weight, enter: () => resolve(undefined) });
    this.#call();
    await promise;
    try {
      return await work();
    } finally {
      this.#cases -= 1;
      this.#megabytes -= weight.megabytes;
      this.#call();
    }
  }

  /** Everything that asks in the same moment is looked at together. */
  #call(): void {
    if (this.#isCalled) return;
    this.#isCalled = true;
    setImmediate(() => {
      this.#isCalled = false;
      this.#admit();
    });
  }

  #admit(): void {
    const byLength = this.#waiting.toSorted((a, b) => b.weight.typicalSeconds - a.weight.typicalSeconds);
    for (const one of byLength) {
      if (!this.#fits(one.weight)) continue;
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
      this.#cases += 1;
      this.#megabytes += one.weight.megabytes;
      one.enter();
    }
  }

  /** A case larger than the whole room runs when it is alone. */
  #fits({ megabytes }: Weight): boolean {
    if (this.#cases === 0) return true;
    return this.#cases < this.#room.cases && this.#megabytes + megabytes <= this.#room.megabytes;
  }
}
