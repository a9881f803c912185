// SPDX-License-Identifier: Apache-2.0

/** Work that is done again and again, never twice at a time. */
export interface Repeated {
  /** Does the work as soon as what runs now has ended. */
  soon(): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/**
 * Does work now and then every so many milliseconds, counted from the end of the last time. A failure is told and the work
 * goes on.
 */
export function repeat(
  work: () => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): Repeated {
  let wake = Promise.withResolvers<undefined>();
  let stopped = false;
  const ended = loop();
  return {
    soon: () => wake.resolve(undefined),
    stop: async () => {
      stopped = true;
      wake.resolve(undefined);
      await ended;
    },
  };

  async function loop(): Promise<void> {
    while (!stopped) {
      wake = Promise.withResolvers<undefined>();
      await work().catch(onError);
      const timer = setTimeout(() => wake.resolve(undefined), everyMs);
      await wake.promise;
      clearTimeout(timer);
    }
  }
}
