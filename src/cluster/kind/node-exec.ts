// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { exec, type ExecResult } from "../../support/exec.ts";
import { docker, type Engine } from "../engine/docker.ts";
import type { NodeExec } from "../provider.ts";

/** What the engine says of a running container: its id, the process id of its first process here, and the environment of its programs. */
interface ContainerProcess {
  readonly id: string;
  readonly pid: number;
  readonly environment: readonly string[];
}

const namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wd"] as const;

/** What an engine gives every program, unless the image says otherwise. */
const usual = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"] as const;

/**
 * Runs programs in the containers of kind nodes. As root beside a local engine they are entered by their namespaces
 * (nsenter(1)), which takes a tenth of the processor time of `docker exec`; in all other cases the engine is asked.
 */
export function nodeExec(engine: Pick<Engine, "socket">): NodeExec {
  const known = new Map<string, Promise<ContainerProcess | undefined>>();
  return async (node, argv, options = {}): Promise<ExecResult> => {
    const process = await runningProcess(engine, node, known);
    if (process !== undefined) {
      const enter = ["nsenter", `--target=${String(process.pid)}`, ...namespaces, "--"] as const;
      return exec([...enter, "env", "-i", ...process.environment, ...argv], options);
    }
    const interactive =
      options.input === undefined && options.inputFile === undefined ? [] : ["--interactive"];
    return docker(engine, ["exec", ...interactive, "--privileged", node, ...argv], options);
  };
}

/** The node's first process; undefined when it is not one that this process may enter. */
async function runningProcess(
  engine: Pick<Engine, "socket">,
  node: string,
  known: Map<string, Promise<ContainerProcess | undefined>>,
): Promise<ContainerProcess | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const remembered = await known.get(node);
  if (remembered !== undefined && (await isOf(remembered))) return remembered;
  const asked = askEngine(engine, node);
  known.set(node, asked);
  const found = await asked;
  return found !== undefined && (await isOf(found)) ? found : undefined;
}

async function askEngine(
  engine: Pick<Engine, "socket">,
  node: string,
): Promise<ContainerProcess | undefined> {
  const format = "{{.State.Pid}} {{.Id}} {{json .Config.Env}}";
  const { stdout } = await docker(engine, ["inspect", "--format", format, node], { allowFailure: true });
  return parseProcess(stdout);
}

/** Reads `4711 0123… ["A=b"]`; a container that does not run has process 0. */
export function parseProcess(text: string): ContainerProcess | undefined {
  const [, pid, id, json] = /^([1-9]\d*) ([0-9a-f]{64}) (\[.*\])$/.exec(text.trim()) ?? [];
  if (pid === undefined || id === undefined || json === undefined) return undefined;
  // a name without a value was asked to be passed on and was not set
  const set = z
    .array(z.string())
    .parse(JSON.parse(json))
    .filter((variable) => variable.includes("="));
  return { pid: Number(pid), id, environment: [...usual, ...set] };
}

/** A process id may be another engine's, or be taken by another process after the node was restarted. */
async function isOf({ pid, id }: ContainerProcess): Promise<boolean> {
  const groups = await readFile(`/proc/${String(pid)}/cgroup`, "utf8").catch(() => "");
  return groups.includes(id);
}
