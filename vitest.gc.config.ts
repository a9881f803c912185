// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Kills the kit on a real host and checks what `gc` leaves: needs root, and that no cluster of the kit is up. */
export default defineConfig({
  test: {
    include: ["test/gc/**/*.test.ts"],
    retry: 0,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
