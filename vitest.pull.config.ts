// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Pulls images from a registry of its own on 127.0.0.1: needs root and Debian packages, no container engine and no other registry. */
export default defineConfig({
  test: {
    include: ["test/pull/**/*.test.ts"],
    retry: 0,
    testTimeout: 300_000,
    // on a machine with an empty cache the images are built first
    hookTimeout: 30 * 60_000,
    fileParallelism: false,
  },
});
