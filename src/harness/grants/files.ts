// SPDX-License-Identifier: Apache-2.0
import type { Files, FillReport, MountView, Ownership } from "../../catalogue/context/files.ts";
import type { CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { dataPath, runProbe } from "../probe-pod.ts";
import type { ProbePod } from "../probe-sessions.ts";

export function grantFiles(run: CaseRun): Files {
  const ask = (pod: ProbePod, command: string, path: string, ...more: readonly string[]): Promise<unknown> =>
    runProbe(run, pod, [command, "--path", path, ...more]);
  const tryWrite = async (pod: ProbePod): Promise<string | null> => {
    const { error } = (await ask(pod, "try-write", `${dataPath}/intruder`)) as { error: string | null };
    return error;
  };
  return {
    mount: async (pod) => (await ask(pod, "mount-on", dataPath)) as MountView,
    isCutOff: async (pod) => {
      if ((await tryWrite(pod)) !== null) return;
      throw new CheckFailed(`Pod ${pod.name} cannot write any more`, "an error", "the write succeeded");
    },
    refusesWrites: async (pod) => {
      const error = await tryWrite(pod);
      if (error === "EROFS") return;
      throw new CheckFailed(
        `The volume of pod ${pod.name} refuses writes`,
        "EROFS",
        error ?? "the write succeeded",
      );
    },
    ownership: async (pod, path) => (await ask(pod, "ownership", below(path))) as Ownership,
    write: async (pod, path, text) => {
      await ask(pod, "write-text", below(path), "--text", text);
    },
    overwrite: async (pod, path, text) => {
      await ask(pod, "overwrite", below(path), "--text", text);
    },
    read: async (pod, path) => (await ask(pod, "read-text", below(path))) as string,
    names: async (pod) => (await ask(pod, "names-in", dataPath)) as readonly string[],
    fill: async (pod) => (await ask(pod, "fill", `${dataPath}/filler`)) as FillReport,
  };
}

function below(path: string | undefined): string {
  return path === undefined ? dataPath : `${dataPath}/${path}`;
}
