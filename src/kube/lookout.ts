// SPDX-License-Identifier: Apache-2.0
import { formatDuration } from "../support/duration.ts";
import { KitError, isKitError, toError } from "../support/errors.ts";
import type { KubeConnection } from "./client.ts";

/** How often the API server is asked and how long it may be silent, milliseconds. */
export interface LookoutTimes {
  readonly every: number;
  /** For one answer. */
  readonly answer: number;
  /** Silence after which nobody waits for it any more. */
  readonly patience: number;
}

/** A control plane of one node restarts within half a minute. */
const usualTimes: LookoutTimes = { every: 5000, answer: 15_000, patience: 60_000 };

/** One unanswered question may be a busy machine. */
const missesThatCount = 2;

/** Asks the API server all the time whether it is there, so that a run ends when it is not, and no driver is blamed for it. */
export class Lookout {
  readonly #connection: Pick<KubeConnection, "call">;
  readonly #times: LookoutTimes;
  readonly #lost = new AbortController();
  readonly #stop = new AbortController();
  #answered = Date.now();
  #misses = 0;
  #silent = -Infinity;
  #why = "";

  constructor(connection: Pick<KubeConnection, "call">, times: LookoutTimes = usualTimes) {
    this.#connection = connection;
    this.#times = times;
  }

  /** Aborted, with what was seen as its reason, when the API server has been silent for too long. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Begins to ask; {@link end} ends it. */
  begin(): this {
    void this.#ask().then(() => {
      if (this.#lost.signal.aborted || this.#stop.signal.aborted) return;
      setTimeout(() => this.begin(), this.#times.every).unref();
    });
    return this;
  }

  end(): void {
    this.#stop.abort();
  }

  /** Asks once more: why something that was awaited since then may not have come, or undefined when the API server was there. */
  async silenceSince(moment: number): Promise<string | undefined> {
    await this.#ask();
    return this.#misses > 0 || this.#silent >= moment ? this.#why : undefined;
  }

  async #ask(): Promise<void> {
    const signal = AbortSignal.any([
      AbortSignal.timeout(this.#times.answer),
      this.#lost.signal,
      this.#stop.signal,
    ]);
    try {
      const purpose = "ask whether the API server is there";
      await this.#connection.call({ method: "GET", path: "/version", purpose, signal });
      this.#note(undefined);
    } catch (thrown) {
      this.#note(thrown);
    }
  }

  #note(thrown: unknown): void {
    if (this.#lost.signal.aborted || this.#stop.signal.aborted) return;
    // a refusal is an answer too
    if (thrown === undefined || (isKitError(thrown) && thrown.code === "KUBE_API")) {
      this.#answered = Date.now();
      this.#misses = 0;
      return;
    }
    this.#misses += 1;
    this.#why = toError(thrown).message;
    if (this.#misses < missesThatCount) return;
    this.#silent = Date.now();
    const silence = Date.now() - this.#answered;
    if (silence >= this.#times.patience) this.#lost.abort(lost(silence, this.#why));
  }
}

const lostCode = "API_LOST";

function lost(silence: number, why: string): KitError {
  return new KitError(
    lostCode,
    `${lostWords} for ${formatDuration(silence)}, so the run was given up (${why})`,
  );
}

const lostWords = "the API server has not answered";

/** Whether a failure's words are those of a run that was given up. */
export function saysLost(message: string): boolean {
  return message.includes(lostWords);
}
