// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Opens reports in headless Chromium (Debian package chromium); fails without it. */
export default defineConfig({
  test: { include: ["test/report/**/*.test.ts"], retry: 0, testTimeout: 120_000, hookTimeout: 240_000 },
});
