// SPDX-License-Identifier: Apache-2.0
import { exec, type ExecOptions, type ExecResult } from "../../support/exec.ts";

/** A Docker engine that answers. */
export interface Engine {
  /** Value for DOCKER_HOST; empty means the environment as the user has it. */
  readonly socket: string;
  /** True when the kit started it and will stop it. */
  readonly own: boolean;
  readonly version: string;
}

/** Runs the Docker client against an engine. */
export function docker(
  engine: Pick<Engine, "socket">,
  args: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  return exec(["docker", ...args], { ...options, env: { ...options.env, ...dockerEnvironment(engine) } });
}

export function dockerEnvironment(engine: Pick<Engine, "socket">): Record<string, string> {
  return engine.socket === "" ? {} : { DOCKER_HOST: engine.socket };
}

/**
 * Asks an engine for its version.
 * @param socket value for DOCKER_HOST, or empty for the user's own setting
 * @returns undefined when nothing answers within the time-out (milliseconds)
 */
export async function askEngine(socket: string, own: boolean, timeout: number): Promise<Engine | undefined> {
  const answer = await docker({ socket }, ["version", "--format", "{{.Server.Version}}"], {
    timeout,
    allowFailure: true,
  });
  return answer.exitCode === 0 ? { socket, own, version: answer.stdout.trim() } : undefined;
}
