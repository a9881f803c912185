// SPDX-License-Identifier: Apache-2.0

/** Runs work on every item in so many lanes, and gives the results in the items' order. */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, index: number, lane: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (lane: number): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item, index, lane);
  };
  await Promise.all(Array.from({ length: lanes }, (_none, lane) => worker(lane)));
  return results;
}
