// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { type Artefact, type Say, ensureArtefact } from "../../src/cluster/images/artefact-store.ts";
import { hashFolder, hashValues } from "../../src/cluster/images/hash-inputs.ts";
import { imagesFolder } from "../../src/cluster/images/recipe.ts";
import { exec } from "../../src/support/exec.ts";

const source = join(imagesFolder, "go/upstream-e2e");

/** Static, without paths of the building machine, from exactly the modules in go.sum; as the programs on the nodes. */
const env = {
  CGO_ENABLED: "0",
  GOFLAGS: "-mod=readonly -trimpath -buildvcs=false",
  GOTOOLCHAIN: "local",
};

const packages = {
  programs: ["k8s.io/kubernetes/test/images/agnhost", "k8s.io/kubernetes/cmd/kubectl"],
  tests: "k8s.io/kubernetes/test/e2e",
} as const;

/** Paths of what upstream's tests are made of. */
export interface UpstreamPrograms {
  readonly e2e: string;
  /** The tests run commands in pods with it. */
  readonly kubectl: string;
  /** What their pods start. */
  readonly agnhost: string;
}

/** Builds Kubernetes' end-to-end tests and what they need, once. */
export async function buildUpstream(say: Say): Promise<UpstreamPrograms> {
  const { folder } = await ensureArtefact({
    name: "go-upstream-e2e",
    hash: hashValues(packages, env, process.arch, await hashFolder(source)),
    build: (target) => build(target, say),
  });
  return {
    e2e: join(folder, "e2e.test"),
    kubectl: join(folder, "kubectl"),
    agnhost: join(folder, "agnhost"),
  };
}

async function build(folder: Artefact["folder"], say: Say): Promise<void> {
  const options = { cwd: source, env, onLine: say };
  const smaller = ["-ldflags", "-s -w"] as const;
  await exec(["go", "build", "-v", ...smaller, "-o", `${folder}/`, ...packages.programs], options);
  const program = join(folder, "e2e.test");
  await exec(["go", "test", "-c", "-v", ...smaller, "-o", program, packages.tests], options);
}
