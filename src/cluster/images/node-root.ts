// SPDX-License-Identifier: Apache-2.0
import { chmod, copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import type { Say } from "./artefact-store.ts";
import { hashFile, hashFolder, hashValues } from "./hash-inputs.ts";
import { OciLayout, writeLayer } from "./oci-layout.ts";
import { imagesFolder } from "./recipe.ts";

/** The script that gives a node's root file system what both kinds of node image need. */
const commonScript = "setup.sh";

/** Hash of the files and scripts of `images/node` that a kind of node image is made with. */
export async function hashNodeSetup(ownScript: string): Promise<string> {
  const folder = join(imagesFolder, "node");
  const scripts = await Promise.all([commonScript, ownScript].map((name) => hashFile(join(folder, name))));
  return hashValues(await hashFolder(join(folder, "files")), scripts);
}

/**
 * Runs a script of `images/node`, then the common one, inside the root file system with /proc mounted; the artefact store
 * unmounts it after a crash. The common script imports `/pod-images.tar` into containerd.
 */
export async function setUpRoot(
  root: string,
  own: { readonly script: string; readonly args: readonly string[] },
  say: Say,
): Promise<void> {
  await exec(["mount", "-t", "proc", "proc", join(root, "proc")]);
  try {
    await runInRoot(root, own.script, own.args, say);
    say("importing pod images into containerd");
    await runInRoot(root, commonScript, [], say);
  } finally {
    await exec(["umount", join(root, "proc")]);
  }
  await rm(join(root, "pod-images.tar"));
}

async function runInRoot(root: string, script: string, args: readonly string[], say: Say): Promise<void> {
  const inside = join(root, "setup.sh");
  await copyFile(join(imagesFolder, "node", script), inside);
  await exec(["chroot", root, "/bin/bash", "/setup.sh", ...args], { onLine: say });
  await rm(inside);
}

/** Puts a program into a root file system. */
export async function installProgram(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o755);
}

/** Packs `folder/root` as `folder/image.tar`, which `docker load` reads, and its id as `folder/id`; the root is gone afterwards. */
export async function packNodeImage(folder: string, name: string, say: Say): Promise<void> {
  say("packing the node image");
  const root = join(folder, "root");
  const layerFile = join(folder, "layer.tar");
  const layer = await writeLayer(root, layerFile);
  await rm(root, { recursive: true });
  const layout = await OciLayout.create(join(folder, "layout"));
  await layout.addLayer(layerFile, layer);
  const id = await layout.addImage({
    names: [name],
    layers: [layer],
    // systemd shuts down cleanly on this signal only: systemd(1), SIGNALS
    config: {
      Entrypoint: ["/usr/local/bin/entrypoint", "/sbin/init"],
      Env: ["container=docker"],
      StopSignal: "SIGRTMIN+3",
    },
  });
  await layout.pack(join(folder, "image.tar"));
  await writeFile(join(folder, "id"), id);
}
