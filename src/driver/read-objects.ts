// SPDX-License-Identifier: Apache-2.0
import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseManifests, readManifests } from "../kube/apply.ts";
import type { NewObject } from "../kube/objects.ts";
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";
import type { Installation } from "./profile-install.ts";

/** Objects of manifests or of a kustomization; none for a driver that other means install. Reads only. */
export async function readDriverObjects(install: Installation, profileFile: string): Promise<NewObject[]> {
  const folder = dirname(profileFile);
  if (install.kustomize !== undefined) return kustomize(resolve(folder, install.kustomize));
  return readObjectsOf(install.manifests ?? [], profileFile);
}

/** Objects of files or folders that a profile names. */
export async function readObjectsOf(entries: readonly string[], profileFile: string): Promise<NewObject[]> {
  const files = entries.map((entry) => manifestFiles(resolve(dirname(profileFile), entry)));
  return readManifests((await Promise.all(files)).flat());
}

/**
 * YAML files of a folder in name order, or the file itself.
 * @throws KitError `MANIFESTS_MISSING` of kind `usage`
 */
export async function manifestFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new KitError("MANIFESTS_MISSING", `${path}: no such file or folder`, {
      kind: "usage",
      hint: "correct spec.install in the profile",
    });
  }
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).filter(
    (name) => /\.ya?ml$/.test(name) && name !== "kustomization.yaml",
  );
  return names.sort().map((name) => join(path, name));
}

async function kustomize(folder: string): Promise<NewObject[]> {
  const { stdout, stderr, exitCode } = await exec(["kubectl", "kustomize", folder], {
    allowFailure: true,
    timeout: 60_000,
  });
  if (exitCode === 0) return parseManifests(stdout, `kustomization ${folder}`);
  const lastLine = stderr.trim().split("\n").at(-1) ?? "";
  throw exitCode === -1
    ? new KitError("KUBECTL_MISSING", `kubectl kustomize ${folder}: kubectl could not be started`, {
        kind: "host",
        hint: "install kubectl, or render the kustomization and name the files in spec.install.manifests",
      })
    : new KitError("KUSTOMIZE_FAILED", `kubectl kustomize ${folder}: ${lastLine}`, {
        kind: "usage",
        hint: "correct spec.install.kustomize in the profile, or the kustomization",
      });
}
