// SPDX-License-Identifier: Apache-2.0
import type { FileEntry, TreeEntry, TreePlan } from "./tree-plan.ts";

/** In what way a tree is wrong. */
type TreeFault = "missing" | "unexpected" | "kind" | "mode" | "size" | "time" | "content" | "target";

/** One difference between a tree and its plan. */
interface TreeDifference {
  readonly fault: TreeFault;
  readonly path: string;
  readonly words: string;
}

/** Whether the tree is the planned one, and in words what it is instead. */
export interface TreeVerdict {
  readonly differences: readonly TreeDifference[];
  readonly words: string;
}

const shownDifferences = 6;

/** Compares a tree that was found with the plan; the names at the root that the file system itself makes are not its business. */
export function compareTree(plan: TreePlan, found: readonly TreeEntry[]): TreeVerdict {
  const byPath = new Map(found.map((entry) => [entry.path, entry]));
  const planned = new Set(plan.entries.map((entry) => entry.path));
  const differences = plan.entries.flatMap((entry) => judgeEntry(entry, byPath.get(entry.path)));
  for (const { path } of found) {
    if (!planned.has(path))
      differences.push({ fault: "unexpected", path, words: "was not written in this generation" });
  }
  return { differences, words: inWords(differences, found.length) };
}

function judgeEntry(planned: TreeEntry, found: TreeEntry | undefined): TreeDifference[] {
  const { path } = planned;
  if (found === undefined) return [{ fault: "missing", path, words: "is not there" }];
  if (planned.kind === "file" && found.kind === "file") return judgeFile(planned, found);
  if (planned.kind === "directory" && found.kind === "directory") return judgeMode(planned, found);
  if (planned.kind === "link" && found.kind === "link") {
    return planned.target === found.target
      ? []
      : [{ fault: "target", path, words: `points to ${found.target}, not ${planned.target}` }];
  }
  return [{ fault: "kind", path, words: `is a ${found.kind}, not a ${planned.kind}` }];
}

function judgeFile(planned: FileEntry, found: FileEntry): TreeDifference[] {
  const { path } = planned;
  const differences = judgeMode(planned, found);
  if (planned.bytes !== found.bytes)
    differences.push({
      fault: "size",
      path,
      words: `has ${String(found.bytes)} bytes, not ${String(planned.bytes)}`,
    });
  else if (planned.sha256 !== found.sha256)
    differences.push({ fault: "content", path, words: "holds other bytes" });
  if (planned.modified !== found.modified)
    differences.push({
      fault: "time",
      path,
      words: `was modified at ${String(found.modified)}, not ${String(planned.modified)}`,
    });
  return differences;
}

function judgeMode(planned: { path: string; mode: number }, found: { mode: number }): TreeDifference[] {
  if (planned.mode === found.mode) return [];
  return [
    {
      fault: "mode",
      path: planned.path,
      words: `has mode ${found.mode.toString(8)}, not ${planned.mode.toString(8)}`,
    },
  ];
}

function inWords(differences: readonly TreeDifference[], found: number): string {
  if (differences.length === 0) return "as expected";
  if (found === 0) return "empty: nothing of the tree is there";
  const shown = differences
    .slice(0, shownDifferences)
    .map(({ path, words }) => `${shortName(path)} ${words}`);
  const rest = differences.length - shown.length;
  return shown.join("; ") + (rest === 0 ? "" : `; and ${String(rest)} more differences`);
}

function shortName(path: string): string {
  return JSON.stringify(path.length > 40 ? `${path.slice(0, 37)}…` : path);
}
