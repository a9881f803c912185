// SPDX-License-Identifier: Apache-2.0
import type { BlockContents, Contents, Data } from "../../catalogue/context/data.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import { compareBlocks } from "../../integrity/compare.ts";
import { compareTree } from "../../integrity/compare-tree.ts";
import { expectBlocks, expectedBytes, type ExpectedBlocks } from "../../integrity/expected-blocks.ts";
import { hashName } from "../../integrity/pattern.ts";
import type { SizeReport } from "../../integrity/probe/sizes.ts";
import type { BlockReport } from "../../integrity/runs.ts";
import { planTree, type TreeEntry, type TreePlan } from "../../integrity/tree-plan.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { dataDevice, dataPath, runProbe } from "../probe-pod.ts";

const treeFolder = `${dataPath}/tree`;

export function grantData(run: CaseRun): Data {
  return {
    writeBlocks: async (pod, contents) => {
      await runProbe(run, pod, [
        "write-blocks",
        "--path",
        blocksIn(pod),
        ...blockArguments(blocksOf(run, contents)),
      ]);
    },
    expectBlocks: (pod, contents) => checkBlocks(run, pod, contents),
    writeTree: async (pod, { owner, generation }) => {
      const who = [
        "--case",
        hashName(run.id),
        "--owner",
        hashName(owner),
        "--generation",
        String(generation),
      ];
      await runProbe(run, pod, ["write-tree", "--path", treeFolder, ...who]);
    },
    expectTree: (pod, contents) => checkTree(run, pod, contents),
    expectBlank: (pod) => expectBlank(run, pod),
    size: async (pod) => {
      const path = pod.mode === "Block" ? dataDevice : dataPath;
      const { kind, bytes } = (await runProbe(run, pod, ["sizes", "--path", path])) as SizeReport;
      return { kind, bytes };
    },
  };
}

async function expectBlank(run: CaseRun, pod: RunningPod): Promise<void> {
  const found = (await runProbe(run, pod, ["read-blocks", "--path", dataDevice])) as BlockReport;
  const { kind, bytes } = (await runProbe(run, pod, ["sizes", "--path", dataDevice])) as SizeReport;
  const foreign = found.runs.filter(({ finding }) => finding.kind !== "empty");
  const blocks = foreign.reduce((sum, { count }) => sum + count, 0);
  const isBlank = kind === "device" && found.bytes === bytes && blocks === 0;
  const first = foreign[0] === undefined ? "" : `; the first is ${JSON.stringify(foreign[0].finding)}`;
  const seen = `${String(found.bytes)} of ${String(bytes)} bytes read, ${String(blocks)} blocks with data${first}`;
  const words = isBlank ? "as expected" : seen;
  run.data.push({ moment: run.steps.current, claim: pod.claim ?? pod.name, found: words, expected: "zeros" });
  if (!isBlank) throw new CheckFailed(`Pod ${pod.name} finds a blank device`, "zeros", seen);
}

/** Where a volume's blocks are: a file, or the device itself. */
function blocksIn({ mode }: RunningPod): string {
  return mode === "Block" ? dataDevice : `${dataPath}/blocks`;
}

async function checkBlocks(run: CaseRun, pod: RunningPod, contents: BlockContents): Promise<void> {
  const expected = blocksOf(run, contents);
  // A device is longer than what was written to it.
  const limit = pod.mode === "Block" ? ["--limit", String(expectedBytes(expected))] : [];
  const argv = ["read-blocks", "--path", blocksIn(pod), ...limit];
  const found = (await runProbe(run, pod, argv)) as BlockReport & { readonly direct: boolean };
  const { words } = compareBlocks(expected, found);
  const wrong = compareBlocks(blocksOf(run, { ...contents, generation: contents.generation + 1 }), found);
  // Without direct reads the page cache may have answered in the disk's place: the report must say so.
  const how = found.direct ? "" : " (read through the page cache)";
  settle(
    run,
    { pod, contents, what: `${String(contents.megabytes)} MiB of blocks`, how },
    words,
    wrong.words,
  );
}

async function checkTree(run: CaseRun, pod: RunningPod, contents: Contents): Promise<void> {
  const found = (await runProbe(run, pod, ["read-tree", "--path", treeFolder])) as readonly TreeEntry[];
  const { words } = compareTree(treeOf(run, contents), found);
  const wrong = compareTree(treeOf(run, { ...contents, generation: contents.generation + 1 }), found);
  settle(run, { pod, contents, what: "file tree" }, words, wrong.words);
}

interface Judged {
  readonly pod: RunningPod;
  readonly contents: Contents;
  readonly what: string;
  /** Added to the finding. */
  readonly how?: string;
}

/** A comparison that would also accept what was never written is worth nothing: then the case makes no claim. */
function settle(
  run: CaseRun,
  { pod, contents, what, how = "" }: Judged,
  found: string,
  againstWrong: string,
): void {
  const expected = `generation ${String(contents.generation)} of ${contents.owner}, ${what}`;
  if (found === "as expected" && againstWrong === "as expected") {
    throw new KitError(
      "POSITIVE_CONTROL",
      `compare ${what} in pod ${pod.name}: a deliberately wrong expectation was met as well`,
    );
  }
  run.data.push({
    moment: run.steps.current,
    claim: pod.claim ?? pod.name,
    found: `${found}${how}`,
    expected,
  });
  if (found !== "as expected")
    throw new CheckFailed(`Pod ${pod.name} finds ${what} as written`, expected, found);
}

function blocksOf(run: CaseRun, { owner, generation, megabytes }: BlockContents): ExpectedBlocks {
  return expectBlocks(run.id, owner, generation, megabytes);
}

function treeOf(run: CaseRun, { owner, generation }: Contents): TreePlan {
  return planTree(hashName(run.id), hashName(owner), generation);
}

function blockArguments(expected: ExpectedBlocks): string[] {
  const { case: caseHash, volume, generation, count, firstSequence } = expected;
  const numbers = [
    "--generation",
    String(generation),
    "--count",
    String(count),
    "--first-sequence",
    String(firstSequence),
  ];
  return ["--case", caseHash, "--owner", volume, ...numbers];
}
