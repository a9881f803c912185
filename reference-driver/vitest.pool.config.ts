// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vitest/config";

/** Tests on a real volume group and loop devices. They need root and run one after the other. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ["test/**/*.pool.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
