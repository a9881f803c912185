// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { enginePaths } from "../../src/cluster/engine/engine-paths.ts";
import { listLoopDevices } from "../../src/cluster/pools/loop-devices.ts";
import { exec } from "../../src/support/exec.ts";
import { cacheHome, stateHome } from "../../src/support/paths.ts";

/** Everything on this host that is the kit's, looked for by other means than the journal. */
export async function findHostTraces(): Promise<string[]> {
  const cache = cacheHome();
  const folders = [stateHome(), join(cache, "unfinished"), join(cache, "engine"), enginePaths().runFolder];
  const mounts = (await readFile("/proc/mounts", "utf8")).split("\n").map((line) => line.split(" ")[1] ?? "");
  const loops = (await listLoopDevices()).filter(
    (device) => device.backing.startsWith(stateHome()) || device.backing.startsWith("/loop"),
  );
  const bridges = (await exec(["ip", "-brief", "link", "show", "type", "bridge"])).stdout
    .split("\n")
    .filter((line) => line.startsWith("br-"));
  const rules = (await exec(["iptables-save"])).stdout.split("\n").filter((line) => line.includes("DOCKER"));
  return [
    ...mounts
      .filter((path) => folders.some((folder) => path.startsWith(folder)))
      .map((path) => `mount ${path}`),
    ...loops.map((device) => `loop device ${device.name} of ${device.backing}`),
    ...bridges.map((line) => `bridge ${line}`),
    ...rules.map((line) => `packet filter rule ${line}`),
    ...(await filesBelow(join(stateHome(), "journals"))),
    ...(await filesBelow(join(stateHome(), "clusters"))),
    ...(await filesBelow(join(cache, "unfinished"))),
    ...(await filesBelow(enginePaths().runFolder)),
    ...(await processesNaming([enginePaths().runFolder, join(cache, "unfinished"), "sw-one-zone"])),
  ];
}

async function filesBelow(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).map((name) => `file ${join(folder, name)}`);
}

async function processesNaming(words: readonly string[]): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const commands = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")),
  );
  return commands
    .filter((command) => words.some((word) => command.includes(word)))
    .map((command) => `process ${command.replaceAll("\0", " ").slice(0, 120)}`);
}
