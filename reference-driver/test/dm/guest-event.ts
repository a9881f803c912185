// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import path from "node:path";

/** File in the folder shared with the host that names the way of activation csi-sanity ran on. */
export const ACTIVATION = "activation";

/** File in the folder shared with the host that holds the results. */
export const RESULTS = "results.jsonl";

/** A line of the results the guest hands to the host. */
export type GuestEvent =
  | { readonly event: "start"; readonly kernel: string; readonly activation: string }
  | {
      readonly event: "test";
      readonly suite: string;
      readonly test: string;
      readonly outcome: "passed" | "failed" | "skipped";
      readonly ms: number;
      readonly message?: string;
    }
  | { readonly event: "end" };

/** Why the results are not those of a complete, passed run on device-mapper; undefined when they are. */
export function faultOf(events: readonly GuestEvent[], exitCode: number): string | undefined {
  const activation = events.find((event) => event.event === "start")?.activation;
  const tests = events.filter((event) => event.event === "test");
  const bad = tests.filter((test) => test.outcome !== "passed");
  if (activation !== "device-mapper") return `activation ${activation ?? "unknown"} ran, not device-mapper`;
  if (events.at(-1)?.event !== "end") return `the run broke off after ${String(tests.length)} tests`;
  if (tests.length === 0) return "no test ran";
  if (bad.length > 0) return `${String(bad.length)} of ${String(tests.length)} tests did not pass`;
  return exitCode === 0 ? undefined : `the guest's exit code was ${String(exitCode)}`;
}

/** Reads what the guest wrote to the shared folder. */
export async function readEvents(work: string): Promise<GuestEvent[]> {
  const lines = (await readFile(path.join(work, RESULTS), "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as GuestEvent);
}
