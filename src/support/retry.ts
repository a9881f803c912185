// SPDX-License-Identifier: Apache-2.0
import pRetry from "p-retry";
import { toError } from "./errors.ts";

export interface RetryOptions {
  /** Says whether another attempt can help; anything else is thrown at once. */
  readonly isTransient: (error: Error) => boolean;
  /** Attempts after the first. Default 6: a little over 6 s in all. */
  readonly retries?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Repeats what failed for a transport's sake, further and further apart. Not for waiting until something becomes true. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  return pRetry(
    async () => {
      try {
        return await attempt();
      } catch (thrown) {
        throw toError(thrown);
      }
    },
    {
      retries: options.retries ?? 6,
      minTimeout: 100,
      maxTimeout: 2000,
      factor: 2,
      shouldRetry: ({ error }) => options.isTransient(error),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
  );
}
