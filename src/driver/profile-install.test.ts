// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { install } from "./profile-install.ts";
import { readDriverObjects } from "./read-objects.ts";
import { helmCommand, runInstaller } from "./run-installer.ts";

const ready = [{ kind: "Deployment", namespace: "storage", name: "controller" }];
const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
let folder = "";
let profileFile = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-install-"));
  profileFile = join(folder, "profile.yaml");
  await mkdir(join(folder, "chart"));
  await writeFile(join(folder, "a.yaml"), configMap);
  await writeFile(join(folder, "kustomization.yaml"), "namePrefix: my-\nresources: [a.yaml]\n");
});

afterAll(() => rm(folder, { recursive: true }));

test.each([
  ["none", {}, "exactly one of manifests, kustomize, helm, command, existing"],
  [
    "two",
    { manifests: ["a"], existing: true },
    "exactly one of manifests, kustomize, helm, command, existing, not manifests and existing",
  ],
])("%s of the ways to install is refused", (_words, ways, message) => {
  expect(install.safeParse({ ready, ...ways }).error?.issues.map((issue) => issue.message)).toEqual([
    message,
  ]);
});

test("manifests and a kustomization give their objects, other ways none", async () => {
  const names = async (ways: object): Promise<string[]> =>
    (await readDriverObjects(install.parse({ ready, ...ways }), profileFile)).map(
      ({ metadata }) => metadata.name,
    );
  expect(await names({ manifests: ["."] })).toEqual(["a"]);
  expect(await names({ kustomize: "." })).toEqual(["my-a"]);
  expect(await names({ existing: true })).toEqual([]);
  await expect(names({ manifests: ["b.yaml"] })).rejects.toMatchObject({
    code: "MANIFESTS_MISSING",
    kind: "usage",
  });
  await expect(names({ kustomize: "chart" })).rejects.toMatchObject({
    code: "KUSTOMIZE_FAILED",
    kind: "usage",
  });
});

test("a chart in a folder is named by its whole path, another as it is", async () => {
  const { helm } = install.parse({
    ready,
    helm: { chart: "chart", release: "r", namespace: "n", values: ["v.yaml"] },
  });
  if (helm === undefined) throw new Error("no chart");
  expect(await helmCommand(helm, folder)).toEqual([
    ...["helm", "upgrade", "--install", "r", join(folder, "chart"), "--namespace", "n", "--create-namespace"],
    ...["--values", join(folder, "v.yaml"), "--wait", "--timeout", "600s"],
  ]);
  const remote = await helmCommand({ ...helm, chart: "repo/chart", version: "1.2.3", values: [] }, folder);
  expect(remote.slice(4)).toEqual([
    ...["repo/chart", "--namespace", "n", "--create-namespace", "--version", "1.2.3"],
    ...["--wait", "--timeout", "600s"],
  ]);
});

test("a command runs in the profile's folder with KUBECONFIG, and its failure names it", async () => {
  const run = (script: string) =>
    runInstaller(
      {
        install: install.parse({ ready, command: { argv: ["sh", "-c", script] } }),
        profileFile,
        kubeconfig: "/k",
      },
      () => undefined,
    );
  await run('test "$KUBECONFIG" = /k && test -e a.yaml');
  await expect(run("echo no cluster >&2; exit 7")).rejects.toMatchObject({
    code: "INSTALLER_FAILED",
    message: "sh, which spec.install names: exit code 7: no cluster",
  });
});

test("a program that is not there is this machine's fault", async () => {
  const way = install.parse({ ready, command: { argv: ["seaworthy-no-such-program"] } });
  await expect(
    runInstaller({ install: way, profileFile, kubeconfig: "/k" }, () => undefined),
  ).rejects.toMatchObject({ code: "INSTALLER_FAILED", kind: "host" });
});
