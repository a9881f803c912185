// SPDX-License-Identifier: Apache-2.0
import { readFile, rm } from "node:fs/promises";
import { exec } from "../support/exec.ts";
import { docker } from "./engine/docker.ts";
import { stopNodeAgents } from "./existing/node-agents.ts";
import { stopWorkers } from "./existing/worker-sites.ts";
import { restorePacketFilter } from "./engine/packet-filter.ts";
import { stopEngine } from "./engine/stop-engine.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import { restoreInotifyInstances } from "./inotify.ts";
import { unmountBelow } from "./mounts.ts";
import { detachLoopDevices } from "./pools/loop-devices.ts";

/** Undoes everything a journal names, last made first, and then forgets the journal. Whatever is gone already is fine. */
export async function undoJournal(journal: Journal, say: (doing: string) => void): Promise<void> {
  for (const entry of (await journal.entries()).reverse()) {
    say(describe(entry));
    await undo(entry);
  }
  await journal.close();
}

/** One entry in words, for progress and for `gc --dry-run`. */
export function describe(entry: JournalEntry): string {
  switch (entry.kind) {
    case "folder":
      return `folder ${entry.path}`;
    case "loop-device":
      return `loop device of ${entry.backingFile}`;
    case "volume-group":
      return `volume group ${entry.name}`;
    case "kind-cluster":
      return `node containers of ${entry.name}`;
    case "docker-network":
      return `network ${entry.name}`;
    case "docker-engine":
      return "the kit's own Docker engine";
    case "node-agents":
      return "node agents in the cluster that was joined";
    case "workers":
      return `workers for ${entry.driver} in the cluster that was joined`;
    case "inotify-instances":
      return "the raised number of inotify instances";
    case "mounts":
      return `mounts below ${entry.below}`;
    case "packet-filter":
      return "packet filter rules of the engine";
  }
}

async function undo(entry: JournalEntry): Promise<void> {
  switch (entry.kind) {
    case "folder":
      return rm(entry.path, { recursive: true, force: true });
    case "loop-device":
      return detachLoopDevices(entry.backingFile);
    case "volume-group":
      return deactivateVolumeGroup(entry.name);
    case "kind-cluster":
      return removeNodeContainers(entry);
    case "docker-network":
      return removeNetwork(entry);
    case "docker-engine":
      return stopEngine(entry.pidFile);
    case "node-agents":
      return stopNodeAgents(entry.kubeconfig);
    case "workers":
      return stopWorkers(entry.kubeconfig, entry.driver);
    case "inotify-instances":
      return restoreInotifyInstances(entry.before);
    case "mounts":
      return unmountBelow(entry.below);
    case "packet-filter":
      return restorePacketFilter(entry.before);
  }
}

async function removeNodeContainers(entry: { name: string; socket: string }): Promise<void> {
  const label = `label=io.x-k8s.kind.cluster=${entry.name}`;
  // a creation that was under way when its client was killed may end after the first list
  for (let round = 0; round < 5; round++) {
    const { stdout } = await docker(entry, ["ps", "--all", "--quiet", "--filter", label]);
    const ids = stdout.split("\n").filter((id) => id !== "");
    if (ids.length === 0) return;
    await docker(entry, ["rm", "--force", "--volumes", ...ids], { allowFailure: true });
  }
}

/** Whether it is gone is not judged here but by findLeftovers, whatever the engine answers. */
async function removeNetwork(entry: { name: string; socket: string }): Promise<void> {
  const { stdout } = await docker(entry, ["network", "ls", "--quiet", "--filter", `name=^${entry.name}$`]);
  if (stdout.trim() !== "") await docker(entry, ["network", "rm", entry.name], { allowFailure: true });
}

/** The group's metadata goes with its file; only mappings in the kernel outlive it, named `<group>-<volume>`. */
async function deactivateVolumeGroup(name: string): Promise<void> {
  const misc = await readFile("/proc/misc", "utf8");
  if (!misc.includes("device-mapper")) return;
  const { stdout } = await exec(["dmsetup", "info", "--columns", "--noheadings", "-o", "name"]);
  const mappings = stdout.split("\n").filter((mapping) => mapping.startsWith(`${name}-`));
  // snapshots stand on their origins: what is still in use at first is free once the others are gone
  for (const mapping of [...mappings, ...mappings]) {
    await exec(["dmsetup", "remove", "--noudevsync", mapping], { allowFailure: true });
  }
}
