// SPDX-License-Identifier: Apache-2.0
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { OciLayout, writeLayer } from "../../src/cluster/images/oci-layout.ts";
import { exec } from "../../src/support/exec.ts";

/** Packs a folder as a `docker load`able archive of one layer; the folder is gone afterwards. */
async function packTree(tree: string, name: string, archive: string): Promise<string> {
  const layer = await writeLayer(tree, `${archive}.layer`);
  await rm(tree, { recursive: true });
  const layout = await OciLayout.create(`${archive}.layout`);
  await layout.addLayer(`${archive}.layer`, layer);
  await layout.addImage({ names: [name], layers: [layer], config: {} });
  await layout.pack(archive);
  return archive;
}

/**
 * Makes what stands in for kind's own node image where no registry is: the built one, whose file system is laid out alike,
 * without a package that the kit must then add.
 */
export async function packNodeStandIn(builtArchive: string, folder: string): Promise<string> {
  const root = join(folder, "stand-in");
  const blobs = join(folder, "blobs-of-built");
  await mkdir(root, { recursive: true });
  await mkdir(blobs);
  await exec(["tar", "--extract", "--file", builtArchive, "-C", blobs, "blobs", "manifest.json"]);
  const manifest = JSON.parse(await readFile(join(blobs, "manifest.json"), "utf8")) as { Layers: string[] }[];
  await exec(["tar", "--extract", "--file", join(blobs, manifest[0]?.Layers[0] ?? ""), "-C", root]);
  await rm(blobs, { recursive: true });
  await exec(["chroot", root, "dpkg", "--purge", "--force-depends", "xfsprogs"]);
  const ours = ["usr/local/lib/seaworthy", "etc/systemd/system/seaworthy-network.service"];
  // half a gigabyte that nothing in the set-up runs
  const large = ["usr/bin/kubelet", "usr/bin/kubeadm", "usr/bin/kubectl", "usr/local/bin/node"];
  for (const path of [...ours, ...large]) await rm(join(root, path), { recursive: true, force: true });
  return packTree(root, "docker.io/kindest/node:v1.36.3", join(folder, "stand-in.tar"));
}

/** Packs one program as a sidecar's image. */
export async function packProgram(program: string, folder: string, name: string): Promise<string> {
  const tree = join(folder, `${name}-tree`);
  await mkdir(join(tree, "usr/local/bin"), { recursive: true });
  await cp(program, join(tree, "usr/local/bin", name));
  return packTree(tree, `registry.example/${name}:v1.0.0`, join(folder, `${name}.tar`));
}

/** Gives a private cache all artefacts of another but node images, without copying bytes where the file system allows. */
export async function shareArtefacts(from: string, to: string): Promise<void> {
  const target = join(to, "seaworthy/artefacts");
  await mkdir(dirname(target), { recursive: true });
  const linked = await exec(["cp", "--archive", "--link", from, target], { allowFailure: true });
  if (linked.exitCode !== 0) {
    await rm(target, { recursive: true, force: true });
    await exec(["cp", "--archive", from, target]);
  }
  const names = await readdir(target);
  for (const name of names.filter((one) => one.startsWith("node-image") || one.startsWith("pulled-image")))
    await rm(join(target, name), { recursive: true });
}
