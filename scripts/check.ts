// SPDX-License-Identifier: Apache-2.0
// All checks that need no cluster, two at a time: types, lint, dead code, unit tests, generated files.
import { $ } from "zx";

const checks = {
  types: ["tsc", "-p", "tsconfig.json"],
  lint: ["eslint", ".", "--max-warnings", "0", "--cache", "--cache-location", "node_modules/.cache/eslint/"],
  "dead code": ["knip"],
  "unit tests": ["vitest", "run", "--reporter=dot"],
  "generated files": ["node", "scripts/generate.ts", "--check"],
} as const;

const started = Date.now();
const results = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => {
    const result = await $({ nothrow: true, quiet: true })`${command}`;
    process.stdout.write(
      `${result.exitCode === 0 ? "✔" : "✖"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
    return { name, result };
  }),
);
const failed = results.filter(({ result }) => result.exitCode !== 0);
for (const { name, result } of failed)
  process.stdout.write(`\n── ${name}\n${result.stdout}${result.stderr}\n`);
process.stdout.write(
  `\n${String(results.length - failed.length)} of ${String(results.length)} checks passed\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
