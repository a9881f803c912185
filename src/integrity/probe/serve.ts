// SPDX-License-Identifier: Apache-2.0
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { runCommand } from "./commands.ts";

/** One line of input: a command with a number that its answer bears. */
export interface ProbeQuestion {
  readonly id: number;
  readonly argv: readonly string[];
}

/** One line of output: what the command gave, or its error. */
export type ProbeAnswer =
  { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: string };

/** Does one command for each line of input, side by side, until the input ends. */
export function serve(input: Readable, output: Writable): void {
  createInterface({ input }).on("line", (line) => {
    void answer(JSON.parse(line) as ProbeQuestion).then((said) => {
      output.write(`${JSON.stringify(said)}\n`);
    });
  });
}

async function answer({ id, argv }: ProbeQuestion): Promise<ProbeAnswer> {
  try {
    return { id, result: (await runCommand(argv)) ?? null };
  } catch (thrown) {
    return { id, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  }
}
