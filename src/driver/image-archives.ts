// SPDX-License-Identifier: Apache-2.0
import { stat } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { z } from "zod";
import type { RunningCluster } from "../cluster/provider.ts";
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";
import type { DriverProfile } from "./profile.ts";

/**
 * Paths of the image archives that a profile names.
 * @throws KitError `IMAGE_ARCHIVE_MISSING` of kind `usage`
 */
export async function findArchives({ spec }: DriverProfile, profileFile: string): Promise<string[]> {
  const paths = spec.install.images.map((path) => resolve(dirname(profileFile), path));
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() === true) continue;
    throw new KitError(
      "IMAGE_ARCHIVE_MISSING",
      `${relative("", path)}: there is no such archive, and spec.install.images names it`,
      {
        kind: "usage",
        hint: "write it first (`docker save --output`), or take it out and let the nodes pull the image",
      },
    );
  }
  return paths;
}

/** Puts every image of an archive on each node that does not have it. */
export async function loadArchive(cluster: RunningCluster, archive: string): Promise<void> {
  const images = await readIndex(archive);
  const ctr = ["ctr", "--namespace=k8s.io", "images"] as const;
  const has = async (node: string): Promise<boolean> => {
    if (images.length === 0) return false;
    const { stdout } = await cluster.exec(node, [...ctr, "list"]);
    const lines = stdout.split("\n");
    return images.every(({ name, digest }) =>
      lines.some((line) => line.startsWith(`${name} `) && line.includes(digest)),
    );
  };
  await Promise.all(
    cluster.nodes.map(async ({ name }) => {
      if (!(await has(name))) await cluster.exec(name, [...ctr, "import", "-"], { inputFile: archive });
    }),
  );
}

const index = z.object({
  manifests: z.array(
    z.object({ digest: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
  ),
});

/** Names and digests, where the archive has an OCI index; older ones of `docker save` do not. */
async function readIndex(archive: string): Promise<{ name: string; digest: string }[]> {
  const { stdout, exitCode } = await exec(
    ["tar", "--extract", "--to-stdout", "--file", archive, "index.json"],
    {
      allowFailure: true,
    },
  );
  if (exitCode !== 0) return [];
  return index.parse(JSON.parse(stdout)).manifests.flatMap(({ digest, annotations }) => {
    const name = annotations["io.containerd.image.name"];
    return name === undefined ? [] : [{ name, digest }];
  });
}
