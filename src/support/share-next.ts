// SPDX-License-Identifier: Apache-2.0

/** Callers that ask at the same time share one run of the work, begun after they asked; runs never overlap. */
export function shareNext<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;
  return () => {
    if (next !== undefined) return next;
    const mine = running.then(() => {
      next = undefined;
      return work();
    });
    next = mine;
    running = mine.catch(() => undefined);
    return mine;
  };
}
