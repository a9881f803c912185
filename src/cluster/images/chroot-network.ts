// SPDX-License-Identifier: Apache-2.0
import { lstat, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exec } from "../../support/exec.ts";

/** Character devices and links that programs in a root file system without a container runtime around it expect. */
const devices = { null: [1, 3], zero: [1, 5], random: [1, 8], urandom: [1, 9] } as const;
const links = { fd: "/proc/self/fd", stdin: "fd/0", stdout: "fd/1", stderr: "fd/2" } as const;

/** Runs something while the root file system resolves names and fetches packages as this host does; afterwards its own files are back. */
export async function withHostNetwork(root: string, run: () => Promise<void>): Promise<void> {
  await makeDevices(join(root, "dev"));
  const borrowed: readonly (readonly [string, string])[] = [
    ["etc/resolv.conf", await readFile("/etc/resolv.conf", "utf8")],
    ["etc/hosts", await readFile("/etc/hosts", "utf8")],
    ["etc/apt/apt.conf.d/99-host", await hostAptSettings()],
  ];
  for (const [path, text] of borrowed) await lend(join(root, path), text);
  try {
    await run();
  } finally {
    for (const [path] of borrowed) await giveBack(join(root, path));
  }
}

/** Proxies and the like that the host's apt was set up with; nothing on a host without apt. */
async function hostAptSettings(): Promise<string> {
  const dump = await exec(["apt-config", "dump", "Acquire"], { allowFailure: true });
  return dump.exitCode === 0 ? `${dump.stdout}\n` : "";
}

async function makeDevices(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, [major, minor]] of Object.entries(devices)) {
    const path = join(folder, name);
    if (await isThere(path)) continue;
    await exec(["mknod", "--mode=666", path, "c", String(major), String(minor)]);
  }
  for (const [name, target] of Object.entries(links)) {
    if (!(await isThere(join(folder, name)))) await symlink(target, join(folder, name));
  }
}

const keptAside = (file: string): string => `${file}.kept-aside`;

async function lend(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  if (await isThere(file)) await rename(file, keptAside(file));
  await writeFile(file, text);
}

async function giveBack(file: string): Promise<void> {
  await rm(file, { force: true });
  if (await isThere(keptAside(file))) await rename(keptAside(file), file);
}

/** A link counts, wherever it leads: inside the root it leads elsewhere. */
async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
