// SPDX-License-Identifier: Apache-2.0
import type { SuiteEvent } from "../harness/run.ts";
import { formatDuration } from "../support/duration.ts";

const marks = { passed: "✔", failed: "✖", error: "!", skipped: "-" } as const;

/** Prints a line for each case as it starts and ends, and with it what remains. */
export function caseProgress(print: (line: string) => void): (event: SuiteEvent) => void {
  const remaining = new Set<string>();
  return (event) => {
    if (event.kind === "planned") {
      for (const id of event.ids) remaining.add(id);
      print(`${String(event.ids.length)} cases to run`);
      return;
    }
    if (event.kind === "started") {
      print(`▸ ${event.id}`);
      return;
    }
    remaining.delete(event.id);
    const { result } = event;
    const rest =
      remaining.size === 0
        ? ""
        : `   (${String(remaining.size)} left: ${[...remaining].slice(0, 3).join(", ")})`;
    if (result === undefined) print(`! ${event.id}: left no result${rest}`);
    else
      print(
        `${marks[result.outcome]} ${event.id} ${result.outcome} in ${formatDuration(result.durationMs)}${why(result)}${rest}`,
      );
  };
}

function why(result: { failure?: { message: string } | undefined; reason?: string | undefined }): string {
  const text = result.failure?.message ?? result.reason;
  return text === undefined ? "" : `\n    ${text.split("\n").join("\n    ")}`;
}
