// SPDX-License-Identifier: Apache-2.0
import type { MutantInfo } from "../../src/catalogue/mutant.ts";

const modified = String.raw`Dynamic Snapshot \(delete policy\)\] snapshottable.*after modifying source data`;
const larger = provisioning("default fs", "correct filesystem size when restoring snapshot to larger size");
const restored = provisioning("default fs", "storage with snapshot data source");
const cloned = provisioning("default fs", "storage with pvc data source");
const stored = String.raw`Dynamic PV \(default fs\)\] volumes should store data`;
const grown = String.raw`Dynamic PV \(default fs\)\(allowExpansion\)\] volume-expand`;
const grownBlock = String.raw`Dynamic PV \(block volmode\)\(allowExpansion\)\] volume-expand`;
const together = String.raw`Dynamic PV \(filesystem volmode\)\] multiVolume .*same volume mode and retain data across pod recreation on the same node`;

/** The tests of upstream, as regular expressions, that look at what a case looks at: the first whose words are in the case's id. */
const byWords: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^snapshot\/block/, [provisioning("block volmode", "storage with snapshot data source")]],
  [/^snapshot\/xfs/, [String.raw`Dynamic PV \(xfs\)\] .*multiVolume .*the volume and restored snapshot`]],
  [/^snapshot\/clones/, [cloned, provisioning("block volmode", "storage with pvc data source")]],
  [/^snapshot\/.*grows/, [larger, restored]],
  [/^snapshot\//, [restored, modified, larger]],
  [/^placement\/statefulset/, [stored, together]],
  [/^placement\//, ["topology should", together]],
  [/^capacity\//, ["provides storage capacity information", stored]],
  [/^life-cycle\/.*block-grows/, [grownBlock]],
  [/^life-cycle\/.*(grows|shrinks)/, [grown]],
  [/^life-cycle\/.*block/, [String.raw`Dynamic PV \(block volmode\)\] volumes should store data`]],
  [/^life-cycle\/mount-options/, [provisioning("default fs", "storage with mount options")]],
  [/^life-cycle\/one-pod/, ["read-write-once-pod should block a second pod"]],
  [
    /^life-cycle\/ephemeral/,
    [String.raw`Generic Ephemeral-volume \(default fs\) \(late-binding\)\] ephemeral`],
  ],
  [/^life-cycle\/node-limit/, ["should verify that all csinodes have volume limits"]],
  [/^life-cycle\/group/, [String.raw`Dynamic PV \(default fs\)\] fsgroupchangepolicy`]],
];

/** Which of upstream's tests could catch a mutant: those that look at what the cases that must catch it look at. */
export function specsOf({ caughtBy }: Pick<MutantInfo, "caughtBy">): readonly string[] {
  const found = caughtBy.flatMap((id) => byWords.find(([words]) => words.test(id))?.[1] ?? [stored]);
  return [...new Set(found)];
}

/** Only the test itself, not those that begin like it. */
function provisioning(mode: string, what: string): string {
  return String.raw`Dynamic PV \(${mode}\)\] provisioning should provision ${what}( pvc)?( \[Feature:\w+\])*$`;
}
