// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** The kit's own unit tests; the suites are run by `seaworthy certify`, never by this configuration. */
export default defineConfig({
  test: {
    include: [
      "src/**/*.test.ts",
      "scripts/**/*.test.ts",
      "test/bench/*.test.ts",
      "test/kill-loop/*.test.ts",
      "test/upstream/*.test.ts",
      "reference-driver/src/**/*.test.ts",
      "reference-driver/mutants/**/*.test.ts",
    ],
    retry: 0,
    // real files and processes on a machine that may be busy
    testTimeout: 60_000,
  },
});
