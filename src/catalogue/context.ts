// SPDX-License-Identifier: Apache-2.0
import type { Check } from "./context/check.ts";
import type { Claims } from "./context/claims.ts";
import type { Classes } from "./context/classes.ts";
import type { Data } from "./context/data.ts";
import type { Files } from "./context/files.ts";
import type { BindingMode } from "./context/modes.ts";
import type { Nodes } from "./context/nodes.ts";
import type { Pods } from "./context/pods.ts";
import type { RecordLogs } from "./context/record-logs.ts";
import type { StatefulSets } from "./context/stateful-sets.ts";
import type { Volumes } from "./context/volumes.ts";

/** Where in its story a case is; decides whom a failure blames. */
export type Phase = "arrange" | "act" | "assert";

export interface Storage<B extends BindingMode> {
  readonly classes: Classes<B>;
  readonly claims: Claims<B>;
  readonly statefulSets: StatefulSets<B>;
}

/** What every case gets. `R` are the requirements it covers. */
export interface BaseContext<R extends string = string> {
  /**
   * Runs one named step of the case and records its time.
   * @param requirement What a driver that fails here does not meet; the first that the case covers when left out.
   */
  readonly step: <T>(phase: Phase, title: string, body: () => Promise<T>, requirement?: R) => Promise<T>;
  readonly check: Check;
  readonly nodes: Nodes;
  readonly pods: Pods;
  readonly data: Data;
  readonly logs: RecordLogs;
  readonly files: Files;
  readonly volumes: Volumes;
}
