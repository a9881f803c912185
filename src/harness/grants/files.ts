// SPDX-License-Identifier: Apache-2.0
import type { Files, FillReport, MountView, Ownership } from "../../catalogue/context/files.ts";
import type { CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { dataPath, runProbe } from "../probe-pod.ts";

export function grantFiles(run: CaseRun): Files {
  const ask = (pod: string, command: string, path: string, ...more: readonly string[]): Promise<unknown> =>
    runProbe(run, pod, [command, "--path", path, ...more]);
  const tryWrite = async (pod: string): Promise<string | null> => {
    const { error } = (await ask(pod, "try-write", `${dataPath}/intruder`)) as { error: string | null };
    return error;
  };
  return {
    mount: async ({ name }) => (await ask(name, "mount-on", dataPath)) as MountView,
    isCutOff: async ({ name }) => {
      if ((await tryWrite(name)) !== null) return;
      throw new CheckFailed(`Pod ${name} cannot write any more`, "an error", "the write succeeded");
    },
    refusesWrites: async ({ name }) => {
      const error = await tryWrite(name);
      if (error === "EROFS") return;
      throw new CheckFailed(
        `The volume of pod ${name} refuses writes`,
        "EROFS",
        error ?? "the write succeeded",
      );
    },
    ownership: async ({ name }, path) => (await ask(name, "ownership", below(path))) as Ownership,
    write: async ({ name }, path, text) => {
      await ask(name, "write-text", below(path), "--text", text);
    },
    overwrite: async ({ name }, path, text) => {
      await ask(name, "overwrite", below(path), "--text", text);
    },
    read: async ({ name }, path) => (await ask(name, "read-text", below(path))) as string,
    names: async ({ name }) => (await ask(name, "names-in", dataPath)) as readonly string[],
    fill: async ({ name }) => (await ask(name, "fill", `${dataPath}/filler`)) as FillReport,
  };
}

function below(path: string | undefined): string {
  return path === undefined ? dataPath : `${dataPath}/${path}`;
}
