// SPDX-License-Identifier: Apache-2.0
import { parseFlags } from "./flags.ts";
import { fail, stopOnSignal } from "./process.ts";
import type { Stop } from "./process.ts";
import { runController } from "./run-controller.ts";
import { runDiscoverer } from "./run-discoverer.ts";
import { runExtender } from "./run-extender.ts";
import { runManager } from "./run-manager.ts";
import { runNode } from "./run-node.ts";
import { runStandalone } from "./run-standalone.ts";
import type { Services } from "./services.ts";
import { keepHeapSmall } from "./small-heap.ts";

const RUNNERS = {
  controller: runController,
  node: runNode,
  extender: runExtender,
  manager: runManager,
  discoverer: runDiscoverer,
  standalone: runStandalone,
} as const;

/** Runs the driver the command line asks for, until a signal ends it. */
export async function runDriver(services: Services, argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  const stops: Stop[] = [];
  // Before anything else: a container's first process ignores every signal it has no handler for.
  stopOnSignal(stops);
  try {
    const flags = parseFlags(argv, process.env);
    await RUNNERS[flags.mode](services, flags, stops);
  } catch (error) {
    fail(error);
  }
}
