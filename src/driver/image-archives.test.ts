// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunningCluster } from "../cluster/provider.ts";
import { exec } from "../support/exec.ts";
import { findArchives, loadArchive } from "./image-archives.ts";
import type { DriverProfile } from "./profile.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "seaworthy-archives-"))));
afterEach(async () => rm(folder, { recursive: true }));

const digest = `sha256:${"ab".repeat(32)}`;
const name = "zonal.example.dev/driver:1.0.0";

/** An archive of one image, with the index that `ctr` and newer versions of `docker save` write. */
async function archive(): Promise<string> {
  const index = { manifests: [{ digest, annotations: { "io.containerd.image.name": name } }] };
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
  const file = join(folder, "image.tar");
  await exec(["tar", "--create", "--file", file, "-C", folder, "index.json"]);
  return file;
}

/** Two nodes, and which of them an image was put on. */
function nodes(images: Readonly<Record<string, string>>): { cluster: RunningCluster; loaded: string[] } {
  const loaded: string[] = [];
  const cluster = {
    nodes: Object.keys(images).map((node) => ({ name: node })),
    exec: (node: string, argv: readonly string[]) => {
      if (argv.includes("import")) loaded.push(node);
      return Promise.resolve({ stdout: images[node] ?? "", stderr: "", exitCode: 0 });
    },
  };
  return { cluster: cluster as unknown as RunningCluster, loaded };
}

test("an image goes to the nodes that lack it, or have another of its name", async () => {
  const line = (found: string): string =>
    `${name} application/vnd.oci.image.manifest.v1+json ${found} 9 MiB\n`;
  const { cluster, loaded } = nodes({ has: line(digest), lacks: "REF\n", older: line("sha256:00") });
  await loadArchive(cluster, await archive());
  expect(loaded.sort()).toEqual(["lacks", "older"]);
});

test("an archive without an index goes to every node", async () => {
  const file = join(folder, "old.tar");
  await writeFile(join(folder, "manifest.json"), "[]");
  await exec(["tar", "--create", "--file", file, "-C", folder, "manifest.json"]);
  const { cluster, loaded } = nodes({ one: "", two: "" });
  await loadArchive(cluster, file);
  expect(loaded.sort()).toEqual(["one", "two"]);
});

test("an archive that is not there is found out before anything is made", async () => {
  const profile = { spec: { install: { images: ["image.tar"] } } } as unknown as DriverProfile;
  await expect(findArchives(profile, join(folder, "profile.yaml"))).rejects.toMatchObject({
    code: "IMAGE_ARCHIVE_MISSING",
    kind: "usage",
  });
  await archive();
  expect(await findArchives(profile, join(folder, "profile.yaml"))).toEqual([join(folder, "image.tar")]);
});
