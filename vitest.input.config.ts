// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Runs the command line with bad input and on poor hosts, and checks what the user sees. */
export default defineConfig({
  test: { include: ["test/input/**/*.test.ts"], retry: 0, testTimeout: 120_000 },
});
