// SPDX-License-Identifier: Apache-2.0
import { thawAllNow } from "../mount/freeze.ts";
import { resumeAllNow } from "../mount/suspend.ts";
import { log, messageOf } from "../support/log.ts";

/** Something that ends when the process does. */
export type Stop = () => Promise<void> | void;

const LONGEST_STOP_MS = 800;

/** Ends the process within a second of SIGTERM or SIGINT: frozen filesystems are thawed first, then everything stopped. */
export function stopOnSignal(stops: readonly Stop[]): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      releaseAllNow();
      log({ event: "stopping", signal });
      setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
      void Promise.allSettled(stops.map(async (stop) => stop())).then(() => process.exit(0));
    });
  }
}

/** Ends the process for a reason the kubelet or the operator must see. */
export function fail(error: unknown): never {
  releaseAllNow();
  process.stderr.write(`seaworthy driver: ${messageOf(error)}\n`);
  process.exit(1);
}

function releaseAllNow(): void {
  thawAllNow();
  resumeAllNow();
}
