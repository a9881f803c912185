// SPDX-License-Identifier: Apache-2.0
import { glob, stat } from "node:fs/promises";
import { docker } from "./engine/docker.ts";
import { hasNodeAgents } from "./existing/node-agents.ts";
import { hasWorkers } from "./existing/worker-sites.ts";
import { findEngineProcess } from "./engine/stop-engine.ts";
import { areInotifyInstancesRaised } from "./inotify.ts";
import type { JournalEntry } from "./journal.ts";
import { mountsBelow } from "./mounts.ts";
import { listLoopDevices } from "./pools/loop-devices.ts";
import { describe } from "./undo.ts";

/** The entries whose things are still on the host: empty is the proof that nothing was leaked. */
export async function findLeftovers(entries: readonly JournalEntry[]): Promise<string[]> {
  const checked = await Promise.all(
    entries.map(async (entry) => ((await exists(entry)) ? [describe(entry)] : [])),
  );
  return checked.flat();
}

async function exists(entry: JournalEntry): Promise<boolean> {
  switch (entry.kind) {
    case "folder":
      return pathExists(entry.path);
    case "loop-device":
      return (await listLoopDevices()).some((device) => device.backing === entry.backingFile);
    case "volume-group":
      return mappingExists(entry.name);
    case "kind-cluster":
      return dockerNames(entry.socket, [
        "ps",
        "--all",
        "--quiet",
        "--filter",
        `label=io.x-k8s.kind.cluster=${entry.name}`,
      ]);
    case "docker-network":
      return dockerNames(entry.socket, ["network", "ls", "--quiet", "--filter", `name=^${entry.name}$`]);
    case "docker-engine":
      return (await findEngineProcess(entry.pidFile)) !== undefined;
    case "node-agents":
    case "workers":
      return arePodsLeft(entry);
    case "inotify-instances":
      return areInotifyInstancesRaised();
    case "mounts":
      return (await mountsBelow(entry.below)).length > 0;
    case "packet-filter":
      return false;
  }
}

/** Their kubeconfig is gone with them. */
async function arePodsLeft(
  entry: Extract<JournalEntry, { readonly kind: "node-agents" | "workers" }>,
): Promise<boolean> {
  if (!(await pathExists(entry.kubeconfig))) return false;
  return entry.kind === "workers"
    ? hasWorkers(entry.kubeconfig, entry.driver)
    : hasNodeAgents(entry.kubeconfig);
}

/** With the engine stopped there is no container: its own end is checked by its own entry. */
async function dockerNames(socket: string, args: readonly string[]): Promise<boolean> {
  const answer = await docker({ socket }, args, { allowFailure: true, timeout: 10_000 });
  return answer.exitCode === 0 && answer.stdout.trim() !== "";
}

async function mappingExists(volumeGroup: string): Promise<boolean> {
  for await (const name of glob("/dev/mapper/*")) {
    if (name.startsWith(`/dev/mapper/${volumeGroup}-`)) return true;
  }
  return false;
}

function pathExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
