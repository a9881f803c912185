// SPDX-License-Identifier: Apache-2.0

/**
 * Runs work on every item in so many lanes, and gives the results in the items' order.
 * After a failure no more items are begun, and it is thrown when what runs has ended.
 */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, index: number, lane: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async (lane: number): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      try {
        results[index] = await work(item, index, lane);
      } catch (thrown) {
        queue.length = 0;
        throw thrown;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, (_none, lane) => worker(lane)));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return results;
}
