// SPDX-License-Identifier: Apache-2.0
import { toError } from "../../support/errors.ts";
import type { DriverState } from "../driver-state.ts";
import { reapStep } from "../reap-step.ts";

/** Removes the workers of a run, however it ended, and what cases had in the cluster that were cut off. */
export async function leaveWorkers(state: DriverState): Promise<void> {
  if (state.kube === undefined) return;
  try {
    await reapStep.run({ ...state, signal: new AbortController().signal }, (done) =>
      process.stderr.write(`  ${done}\n`),
    );
  } catch (thrown) {
    // a cluster that is lost does not take the report with it
    const why = toError(thrown).message;
    process.stderr.write(
      `seaworthy: remove the workers: ${why}\n  Hint: the next run against this driver removes them\n`,
    );
  }
}
