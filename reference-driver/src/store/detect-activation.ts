// SPDX-License-Identifier: Apache-2.0
import { runCommand } from "../support/run-command.ts";
import type { Activation } from "./activation.ts";
import { deviceMapper } from "./device-mapper.ts";
import { loopMapping } from "./loop-mapping.ts";

/** Asks the kernel for its device-mapper targets; without an answer volumes are mapped by loop devices. */
export async function detectActivation(): Promise<Activation> {
  const anyExitCode = Array.from({ length: 256 }, (_, code) => code);
  const { exitCode } = await runCommand(["dmsetup", "targets"], anyExitCode);
  return exitCode === 0 ? deviceMapper : loopMapping;
}
