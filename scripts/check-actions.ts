// SPDX-License-Identifier: Apache-2.0
// actionlint over the workflows; and every npm script that they or the composite action run has to be one that .ci/run exercises.
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { $ } from "zx";
import { packageRoot } from "../src/support/paths.ts";

const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const files = (await Array.fromAsync(glob(".github/**/*.yml", { cwd: packageRoot }))).sort();
const workflows = files.filter((file) => file.startsWith(".github/workflows/"));

const problems: string[] = [];
const linted = await $({
  cwd: packageRoot,
  nothrow: true,
  quiet: true,
})`go run ${actionlint} -no-color ${workflows}`;
if (linted.exitCode !== 0) problems.push(`actionlint:\n${linted.stdout}${linted.stderr}`);
const exercised = new Set(await scriptsIn(".ci/run"));
for (const file of files)
  for (const script of await scriptsIn(file))
    if (!exercised.has(script))
      problems.push(`${file} runs \`npm run ${script}\`, which .ci/run does not exercise`);

for (const problem of problems) process.stdout.write(`✖ ${problem}\n`);
if (problems.length === 0) process.stdout.write(`✔ ${String(workflows.length)} workflows\n`);
process.exitCode = problems.length === 0 ? 0 : 1;

async function scriptsIn(file: string): Promise<string[]> {
  const text = await readFile(join(packageRoot, file), "utf8");
  return [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = ""]) => name);
}
