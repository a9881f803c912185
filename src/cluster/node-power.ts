// SPDX-License-Identifier: Apache-2.0
import { docker, type Engine } from "./engine/docker.ts";

/** Takes a node away and gives it back, as if it were a machine of its own. */
export interface NodePower {
  /** Nothing on the node is told: all its processes are killed at once, and its mounts go with them. */
  cut(node: string): Promise<void>;
  /** Starts the node; one that runs stays as it is. */
  restore(node: string): Promise<void>;
}

/** Nodes that are containers of an engine on this machine. They share its kernel, which writes back what was not synced. */
export function nodePower(engine: Pick<Engine, "socket">): NodePower {
  return {
    cut: async (node) => {
      await docker(engine, ["kill", node]);
      // kill returns when the signal is sent
      await docker(engine, ["wait", node]);
    },
    restore: async (node) => {
      await docker(engine, ["start", node]);
    },
  };
}
