// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";

/** How long a source may be held for the others of its group; nothing written to it gets on meanwhile. */
export const LONGEST_HOLD_MS = 15_000;

/** Lets each member of a group wait, held, until all of them are. */
export interface HeldTogether {
  /** Told that one more is held; gives the moment all are. Rejects when one gave up or time is over. */
  arrive(): Promise<Date>;
  /** Lets nobody wait for one that will not come. */
  giveUp(error: unknown): void;
}

/** @param size how many members there are */
export function createHeldTogether(size: number, longestMs = LONGEST_HOLD_MS): HeldTogether {
  const { promise, resolve, reject } = Promise.withResolvers<Date>();
  // Nobody may be waiting yet when the first gives up.
  promise.catch(() => undefined);
  let waiting = 0;
  const timer = setTimeout(() => {
    const seen = `${String(waiting)} of ${String(size)} were held`;
    reject(
      new CsiError(
        "ABORTED",
        `not all members of the group were held within ${String(longestMs)} ms: ${seen}`,
      ),
    );
  }, longestMs);
  timer.unref();
  return {
    arrive: () => {
      waiting += 1;
      if (waiting === size) resolve(new Date());
      return promise.finally(() => clearTimeout(timer));
    },
    giveUp: (error) => {
      clearTimeout(timer);
      reject(error instanceof Error ? error : new Error(String(error)));
    },
  };
}
