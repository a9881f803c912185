// SPDX-License-Identifier: Apache-2.0
import type { LogMoment, RecordLogs } from "../../catalogue/context/record-logs.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import { compareLog, type LogReport } from "../../integrity/compare-log.ts";
import { hashName } from "../../integrity/pattern.ts";
import { recordLog } from "../../integrity/record-log.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { dataDevice, dataPath, runProbe } from "../probe-pod.ts";

export function grantRecordLogs(run: CaseRun): RecordLogs {
  return {
    start: async (pod, owner, volumes = 1) => {
      const socket = ["--socket", `/tmp/log-${hashName(owner)}.sock`];
      const more = Array.from({ length: volumes - 1 }, (_unused, n) => `${dataPath}-${String(n + 1)}/log`);
      const who = ["--case", hashName(run.id), "--owner", hashName(owner)];
      const paths = [logIn(pod), ...more].flatMap((path) => ["--volume", path]);
      await runProbe(run, pod, ["start-log", ...socket, ...who, ...paths]);
      const ask = async (argv: readonly string[]): Promise<LogMoment> =>
        (await runProbe(run, pod, [...argv, ...socket])) as LogMoment;
      return {
        until: (records) => ask(["await-log", "--until", String(records)]),
        untilRefused: () => ask(["await-refusal"]),
        stop: () => ask(["stop-log"]),
      };
    },
    expect: (pods, owner, moment) => expectLog(run, { pods, owner, moment }),
  };
}

/** Where a volume's part of a log is: a file, or the start of the device. */
function logIn({ mode }: RunningPod): string {
  return mode === "Block" ? dataDevice : `${dataPath}/log`;
}

interface Expected {
  readonly pods: readonly RunningPod[];
  readonly owner: string;
  readonly moment: LogMoment;
}

async function expectLog(run: CaseRun, { pods, owner, moment }: Expected): Promise<number> {
  const log = recordLog(run.id, owner, pods.length);
  const reports = await Promise.all(
    pods.map((pod) => runProbe(run, pod, ["read-log", "--path", logIn(pod)]) as Promise<LogReport>),
  );
  const { words, records } = compareLog(log, moment, reports);
  const never = { acknowledged: moment.begun + 1, begun: moment.begun + 1 };
  if (words === "as expected" && compareLog(log, never, reports).words === "as expected")
    throw new KitError("POSITIVE_CONTROL", `log ${owner}: a record that was never begun was found as well`);
  const { acknowledged, begun } = moment;
  const expected = `a prefix of log ${owner} with at least ${String(acknowledged)} and at most ${String(begun)} records`;
  const claim = pods.map((pod) => pod.claim ?? pod.name).join(", ");
  const found = words === "as expected" ? `${String(records)} records, ${words}` : words;
  run.data.push({ moment: run.steps.current, claim, found, expected });
  if (words !== "as expected")
    throw new CheckFailed(
      `The log in ${pods.map((pod) => `pod ${pod.name}`).join(", ")} is a prefix of what was written`,
      expected,
      words,
    );
  return records;
}
