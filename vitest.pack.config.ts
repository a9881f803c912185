// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Packs the kit, installs it into an empty folder and runs it there; minutes, and it needs the npm registry or cache. */
export default defineConfig({
  test: { include: ["test/pack/**/*.test.ts"], retry: 0, testTimeout: 60_000, hookTimeout: 600_000 },
});
