// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../../src/catalogue/mutant.ts";

const fs = String.raw`Dynamic PV \(default fs\)\] `;
const block = String.raw`Dynamic PV \(block volmode\)\] `;

/** The tests of upstream, as regular expressions, that look at what the cases of an area look at. */
const byArea: Readonly<Record<string, readonly string[]>> = {
  snapshot: [
    String.raw`Dynamic Snapshot \(delete policy\)\] snapshottable.*after modifying source data`,
    `${fs}provisioning should provision storage with snapshot data source`,
    `${fs}provisioning should provision storage with pvc data source`,
    `${block}provisioning should provision storage with snapshot data source`,
    `${block}provisioning should provision storage with pvc data source`,
    `${fs}provisioning should provision correct filesystem size when restoring snapshot to larger size`,
  ],
  placement: [
    "topology should",
    String.raw`Dynamic PV \(filesystem volmode\)\] multiVolume .*same volume mode and retain data across pod recreation on the same node`,
  ],
  capacity: ["provides storage capacity information"],
  "life-cycle": [
    `${fs}volumes should store data`,
    String.raw`Dynamic PV \((default fs|block volmode)\)\(allowExpansion\)\] volume-expand`,
  ],
};

/** Which of upstream's tests could catch a mutant: those beside the cases that must catch it. */
export function specsOf({ caughtBy }: Pick<MutantInfo, "caughtBy">): readonly string[] {
  const areas = new Set(caughtBy.map((id) => id.slice(0, id.indexOf("/"))));
  const found = [...areas].flatMap((area) => byArea[area] ?? []);
  return found.length === 0 ? (byArea["life-cycle"] ?? []) : found;
}
