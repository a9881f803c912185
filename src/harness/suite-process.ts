// SPDX-License-Identifier: Apache-2.0
// Runs vitest apart from the command line: started by run.ts, told its settings by a message, killed when it says it has ended.
import { createVitest, type Reporter, type Vitest } from "vitest/node";
import { toError } from "../support/errors.ts";
import { isPackaged } from "../support/module-file.ts";
import { packageRoot } from "../support/paths.ts";
import type { RunSettings } from "./settings.ts";

/** What the process that runs the cases says. */
export type SuiteMessage =
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "finished"; readonly id: string }
  | { readonly kind: "ended"; readonly problems: readonly string[] };

process.once("message", (settings: RunSettings) => {
  runAll(settings).then(
    (problems) => say({ kind: "ended", problems }),
    (thrown: unknown) => say({ kind: "ended", problems: [toError(thrown).message] }),
  );
});

async function runAll(settings: RunSettings): Promise<string[]> {
  const vitest = await createVitest({
    root: packageRoot,
    config: false,
    include: ["suites/all.ts"],
    watch: false,
    // below node_modules they would be left to Node.js, which knows no globs
    server: { deps: { inline: [/\/suites\//] } },
    passWithNoTests: false,
    // where the kit is installed may be read-only
    cache: false,
    fsModuleCache: !isPackaged,
    pool: "threads",
    maxWorkers: 1,
    // all may wait at once; the admission decides who goes on
    maxConcurrency: Number.MAX_SAFE_INTEGER,
    retry: 0,
    reporters: [progressReporter],
    provide: { seaworthy: settings },
  });
  await vitest.start();
  return problemsOf(vitest);
}

const progressReporter: Reporter = {
  onTestCaseAnnotate: (test) => say({ kind: "started", id: test.name }),
  onTestCaseResult: (test) => say({ kind: "finished", id: test.name }),
};

function problemsOf(vitest: Vitest): string[] {
  const modules = vitest.state.getTestModules();
  if (modules.length === 0) return [`no suites below ${packageRoot}suites`];
  const unhandled = vitest.state.getUnhandledErrors().map((error) => toError(error).message);
  return [...unhandled, ...modules.flatMap((module) => module.errors().map((error) => error.message))];
}

function say(message: SuiteMessage): void {
  process.send?.(message);
}
