// SPDX-License-Identifier: Apache-2.0

/** Enough for one sector. */
const count = 128;

/**
 * Words without a pattern (xorshift32), the same on every machine. Combined with a block's own word they make no two blocks
 * alike, so that nothing can deduplicate or compress them away.
 */
export const payloadWords = makeWords();

function makeWords(): Int32Array {
  let state = 0x9e3779b1;
  return Int32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  });
}
