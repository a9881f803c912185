// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import type { LogReport } from "../compare-log.ts";
import { blockSize, inspectBlock } from "../pattern.ts";
import { logSlots, slotOf } from "../record-log.ts";
import { appendFinding, type FindingRun } from "../runs.ts";
import { readAll } from "./read-all.ts";

/** Reads one volume's part of a record log past the page cache, in the order of writing. A file that is not there has no slots. */
export function readLog(path: string): LogReport & { readonly direct: boolean } {
  if (!existsSync(path)) return { runs: [], direct: true };
  const { bytes, direct } = readAll(path, logSlots * blockSize);
  const runs: FindingRun[] = [];
  for (let turn = 0; turn < logSlots; turn++) {
    const offset = slotOf(turn) * blockSize;
    if (offset + blockSize <= bytes.length)
      appendFinding(runs, inspectBlock(bytes.subarray(offset, offset + blockSize)));
  }
  return { runs, direct };
}
