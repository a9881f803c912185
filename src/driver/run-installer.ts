// SPDX-License-Identifier: Apache-2.0
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";
import type { Installation } from "./profile-install.ts";

/** Seconds Helm may wait for its own hooks and workloads. */
const helmTimeout = 600;

type Argv = readonly [string, ...string[]];

/** What an installer needs to know. */
export interface InstallerRun {
  readonly install: Installation;
  readonly profileFile: string;
  readonly kubeconfig: string;
  readonly signal?: AbortSignal | undefined;
}

/** Runs Helm or the profile's own program, if the profile names one of them. */
export async function runInstaller(run: InstallerRun, say: (doing: string) => void): Promise<void> {
  const { install, profileFile, kubeconfig, signal } = run;
  const folder = dirname(profileFile);
  const argv = install.helm === undefined ? install.command?.argv : await helmCommand(install.helm, folder);
  if (argv === undefined) return;
  const [program] = argv;
  const seconds = install.command?.timeoutSeconds ?? helmTimeout + 60;
  say(`run ${program}`);
  const { exitCode, stderr } = await exec(argv, {
    cwd: folder,
    env: { KUBECONFIG: kubeconfig },
    timeout: seconds * 1000,
    allowFailure: true,
    onLine: (line) => say(`${program}: ${line.slice(0, 120)}`),
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  if (exitCode === 0) return;
  const why =
    exitCode === -1
      ? `could not be started, or took more than ${String(seconds)} s`
      : `exit code ${String(exitCode)}`;
  throw new KitError(
    "INSTALLER_FAILED",
    `${program}, which spec.install names: ${why}: ${lastLine(stderr)}`,
    {
      kind: exitCode === -1 ? "host" : "usage",
      hint: `run it by hand in ${folder}: ${argv.join(" ")}`,
      details: { argv, exitCode },
    },
  );
}

/** `helm upgrade --install`, so that a second run is an upgrade. A chart that is a path here is made absolute. */
export async function helmCommand(helm: NonNullable<Installation["helm"]>, folder: string): Promise<Argv> {
  const path = resolve(folder, helm.chart);
  const isHere = await stat(path).then(
    () => true,
    () => false,
  );
  return [
    ...(["helm", "upgrade", "--install", helm.release, isHere ? path : helm.chart] as const),
    ...["--namespace", helm.namespace, "--create-namespace"],
    ...(helm.version === undefined ? [] : ["--version", helm.version]),
    ...helm.values.flatMap((file) => ["--values", resolve(folder, file)]),
    ...["--wait", "--timeout", `${String(helmTimeout)}s`],
  ];
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
