// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";
import type { Activation } from "./activation.ts";
import { deviceMapper } from "./device-mapper.ts";
import { loopMapping, sharedLoopMapping } from "./loop-mapping.ts";

/**
 * Asks the kernel for its device-mapper targets; without an answer volumes are mapped by loop devices.
 * @param sharedAs this node's name, when other nodes reach the same volumes
 */
export async function detectActivation(sharedAs?: string): Promise<Activation> {
  // Nodes that share a kernel share its device-mapper names, too.
  if (sharedAs !== undefined) return sharedLoopMapping(sharedAs);
  const anyExitCode = Array.from({ length: 256 }, (_, code) => code);
  const { exitCode } = await runCommand(["dmsetup", "targets"], anyExitCode);
  return exitCode === 0 ? deviceMapper : loopMapping;
}
