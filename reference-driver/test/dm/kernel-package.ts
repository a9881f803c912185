// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { cacheFolder } from "../cache-folder.ts";

const PACKAGE = "user-mode-linux";

/** An unpacked kernel that runs as a process. */
export interface UserModeKernel {
  readonly version: string;
  /** The program. */
  readonly program: string;
  /** Folder with a `lib/modules/RELEASE` below it, as modprobe's --dirname wants. */
  readonly moduleRoot: string;
}

/**
 * The Debian package's kernel, downloaded and unpacked once, never installed. apt checks its sums and signatures.
 * @throws Error when the package cannot be had
 */
export async function fetchKernel(): Promise<UserModeKernel> {
  const version = await candidateVersion();
  const folder = path.join(cacheFolder(), `${PACKAGE}-${version}`);
  if ((await stat(folder).catch(() => undefined)) === undefined) await unpack(version, folder);
  return { version, program: path.join(folder, "usr/bin/linux.uml"), moduleRoot: path.join(folder, "usr") };
}

async function candidateVersion(): Promise<string> {
  const { stdout, exitCode } = await execa("apt-cache", ["show", "--no-all-versions", PACKAGE], {
    reject: false,
  });
  const version = /^Version: (\S+)$/m.exec(stdout)?.[1];
  if (exitCode !== 0 || version === undefined) {
    throw new Error(
      `apt-cache show ${PACKAGE}: knows no such package; hint: apt-get update, on Debian or Ubuntu`,
    );
  }
  return version;
}

/** Unpacks beside the final place and renames, so that a folder of that name is always complete. */
async function unpack(version: string, folder: string): Promise<void> {
  await mkdir(cacheFolder(), { recursive: true });
  const unfinished = await mkdtemp(path.join(cacheFolder(), `.${PACKAGE}-`));
  try {
    await execa("apt-get", ["download", `${PACKAGE}=${version}`], { cwd: unfinished });
    const [file] = (await readdir(unfinished)).filter((name) => name.endsWith(".deb"));
    if (file === undefined) throw new Error(`apt-get download ${PACKAGE}=${version}: left no .deb file`);
    const content = path.join(unfinished, "content");
    await execa("dpkg-deb", ["-x", path.join(unfinished, file), content]);
    await arrangeModules(content);
    await rename(content, folder);
  } catch (error) {
    // Another process was faster: its folder is as good.
    if ((await stat(folder).catch(() => undefined)) === undefined) throw error;
  } finally {
    await rm(unfinished, { recursive: true });
  }
}

/** The package keeps its modules in usr/lib/uml/modules; modprobe looks for lib/modules below the folder it is given. */
async function arrangeModules(content: string): Promise<void> {
  await rename(path.join(content, "usr/lib/uml/modules"), path.join(content, "usr/lib/modules"));
}
