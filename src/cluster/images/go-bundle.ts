// SPDX-License-Identifier: Apache-2.0
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { KitError } from "../../support/errors.ts";
import { exec } from "../../support/exec.ts";
import { type Artefact, type Say, ensureArtefact } from "./artefact-store.ts";
import { hashFolder, hashValues } from "./hash-inputs.ts";
import { type GoBundle, imagesFolder } from "./recipe.ts";

/** Static, without paths of the building machine, from exactly the modules in go.sum. */
const buildEnvironment = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
  GOTOOLCHAIN: "local",
};

/**
 * Builds the programs of one bundle (a folder with go.mod and go.sum) into an artefact with one file a program.
 * @param kubernetesVersion stamped into programs that report one, like `v1.36.3`
 */
export async function ensureGoBundle(
  bundle: GoBundle,
  kubernetesVersion: string,
  say: Say,
): Promise<Artefact> {
  const source = join(imagesFolder, "go", bundle.name);
  return ensureArtefact({
    name: goArtefactName(bundle),
    hash: await hashGoBundle(bundle, kubernetesVersion),
    build: async (folder) => {
      await requireGo();
      let compiled = 0;
      const onLine = (line: string): void => {
        if (line.startsWith("go: downloading")) say(line.slice(4));
        else if (/^[\w.-]+(\/|$)/.test(line))
          say(`${String((compiled += 1))} packages compiled, now ${line}`);
      };
      const options = { cwd: source, env: buildEnvironment, onLine };
      const packages = bundle.programs.map((program) => program.package);
      await exec(
        [
          "go",
          "build",
          "-v",
          "-ldflags",
          linkerFlags(bundle, kubernetesVersion),
          "-o",
          `${folder}/`,
          ...packages,
        ],
        options,
      );
      await nameAsAsked(bundle, folder);
    },
  });
}

export function goArtefactName(bundle: GoBundle): string {
  return `go-${bundle.name}`;
}

/** Hash of all a bundle's programs are made from. */
export async function hashGoBundle(bundle: GoBundle, kubernetesVersion: string): Promise<string> {
  const source = await hashFolder(join(imagesFolder, "go", bundle.name));
  return hashValues(bundle, kubernetesVersion, buildEnvironment, process.arch, source);
}

/** Folder of a module's files as `go mod download` unpacked it, checked against go.sum. */
export async function moduleFolder(bundle: string, module: string): Promise<string> {
  await requireGo();
  const cwd = join(imagesFolder, "go", bundle);
  const env = { GOFLAGS: "-mod=readonly", GOTOOLCHAIN: "local" };
  await exec(["go", "mod", "download", module], { cwd, env });
  const { stdout } = await exec(["go", "list", "-m", "-f", "{{.Dir}}", module], { cwd, env });
  return stdout.trim();
}

function linkerFlags(bundle: GoBundle, version: string): string {
  if (bundle.versionVariables === undefined) return "-s -w";
  const [major = "", minor = ""] = version.slice(1).split(".");
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const assignments = Object.entries(values).map(
    ([name, value]) => `-X ${String(bundle.versionVariables)}.${name}=${value}`,
  );
  return ["-s", "-w", ...assignments].join(" ");
}

/** `go build` names a program after the last element of its package that is not a version: that may not be what we want. */
async function nameAsAsked(bundle: GoBundle, folder: string): Promise<void> {
  const built = new Set(await readdir(folder));
  const missing = bundle.programs.filter((program) => !built.has(program.name));
  const [only] = missing;
  const [unnamed] = [...built].filter((file) => !bundle.programs.some((program) => program.name === file));
  if (only === undefined) return;
  if (missing.length > 1 || unnamed === undefined) {
    throw new KitError(
      "GO_BUILD_INCOMPLETE",
      `go build of ${bundle.name} left no program ${missing.map((program) => program.name).join(", ")}`,
    );
  }
  await rename(join(folder, unnamed), join(folder, only.name));
}

async function requireGo(): Promise<void> {
  const found = await exec(["go", "version"], { allowFailure: true });
  if (found.exitCode === 0) return;
  throw new KitError("GO_MISSING", "there is no Go toolchain to build what the images are made of", {
    kind: "host",
    hint: "install Go 1.26 or newer; where images are pulled it is needed too, for kind itself",
  });
}
