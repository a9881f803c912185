// SPDX-License-Identifier: Apache-2.0
import { CommanderError } from "commander";
import { abandonUnfinished } from "../cluster/images/artefact-store.ts";
import { abandonScratchFolders } from "../cluster/scratch-folder.ts";
import { exitCodes } from "./exit-codes.ts";
import { explainError } from "./explain-error.ts";
import { Interrupts } from "./interrupts.ts";
import { buildProgram } from "./program.ts";

/** Runs one command line and ends the process with its exit code. */
export async function main(args: readonly string[]): Promise<never> {
  const interrupts = new Interrupts();
  interrupts.listen();
  try {
    await (await buildProgram(interrupts)).parseAsync(args, { from: "user" });
    await interrupts.settled();
  } catch (thrown) {
    if (thrown instanceof CommanderError) process.exit(thrown.exitCode === 0 ? 0 : exitCodes.usage);
    const explained = interrupts.happened
      ? { text: "", exitCode: exitCodes.interrupted }
      : explainError(thrown);
    await interrupts.settled();
    await abandonUnfinished();
    await abandonScratchFolders();
    process.stderr.write(explained.text);
    process.exit(explained.exitCode);
  }
  process.exit(process.exitCode ?? exitCodes.success);
}
