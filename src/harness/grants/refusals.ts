// SPDX-License-Identifier: Apache-2.0
import { resources } from "../../kube/resources.ts";
import { untilObjects } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

/** Waits for a warning event about an object that has these words; returns its message. */
export async function untilRefused(
  run: CaseRun,
  { name, uid }: { readonly name: string; readonly uid: string },
  words: RegExp,
): Promise<string> {
  const selection = { namespace: run.namespace, fields: `involvedObject.uid=${uid}` };
  const wait = waitFor(run, "refused", `a warning event of ${name} that says ${String(words)}`);
  return untilObjects(run.kube, { resource: resources.events, selection }, wait, (found) => {
    const warnings = [...found.values()].filter((event) => event.type === "Warning");
    const messages = warnings.map(({ reason = "", message = "" }) => `${reason}: ${message}`);
    const message = messages.find((one) => words.test(one));
    return message === undefined
      ? { done: false, seen: messages.join("; ") || "no warning" }
      : { done: true, value: message };
  });
}
