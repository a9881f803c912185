// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { compareBlocks } from "../../src/integrity/compare.ts";
import { expectBlocks, expectedChecksum } from "../../src/integrity/expected-blocks.ts";
import { readBlocks } from "../../src/integrity/probe/read-blocks.ts";
import { writeBlocks } from "../../src/integrity/probe/write-blocks.ts";
import { exec } from "../../src/support/exec.ts";
import { median } from "../../src/report/rank-test.ts";
import type { Figure } from "./figures.ts";

const MEGABYTES = 256;
const ROUNDS = 7;
const GOAL = { atLeast: 0.6 };

/** What the oracle of bytes reaches of what dd does with direct I/O on the same volume, turn by turn. */
export async function benchOracle(folder: string): Promise<Figure[]> {
  const blocks = join(folder, "blocks");
  const zeros = join(folder, "zeros");
  const dd = {
    write: () =>
      runDd([
        `if=/dev/zero`,
        `of=${zeros}`,
        `count=${String(MEGABYTES)}`,
        "oflag=direct",
        "conv=notrunc,fsync",
      ]),
    read: () => runDd([`if=${zeros}`, "of=/dev/null", "iflag=direct"]),
  };
  const seen = { write: [] as Pair[], verify: [] as Pair[] };
  // The first round makes the files and is not counted; each counted one writes what was not there before.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const expected = expectBlocks("bench/oracle", "disk", round, MEGABYTES);
    const write = {
      dd: await dd.write(),
      own: await speed(async () => (await writeBlocks(blocks, expected)).direct),
    };
    // What is expected is computed once, in the kit; the bytes themselves are judged each time.
    expectedChecksum(expected);
    const verify = { dd: await dd.read(), own: await speed(() => isAsWritten(expected, blocks)) };
    if (round === 0) continue;
    seen.write.push(write);
    seen.verify.push(verify);
  }
  return [ratio("oracle: write, of dd", seen.write), ratio("oracle: read and judge, of dd", seen.verify)];
}

/** Speeds of one turn in MiB/s. */
interface Pair {
  readonly dd: number;
  readonly own: number;
}

function ratio(name: string, pairs: readonly Pair[]): Figure {
  const dd = median(pairs.map((pair) => pair.dd));
  const own = median(pairs.map((pair) => pair.own));
  const how = `${own.toFixed(0)} of ${dd.toFixed(0)} MiB/s, medians of ${String(pairs.length)} turns of ${String(MEGABYTES)} MiB; median of the turns' ratios`;
  return { name, value: median(pairs.map((pair) => pair.own / pair.dd)), unit: "ratio", goal: GOAL, how };
}

async function isAsWritten(expected: ReturnType<typeof expectBlocks>, path: string): Promise<boolean> {
  const found = await readBlocks(path);
  return found.direct && compareBlocks(expected, found).faults.length === 0;
}

/** @param work gives false when it did not do what is measured */
async function speed(work: () => Promise<boolean>): Promise<number> {
  const started = performance.now();
  if (!(await work()))
    throw new Error("the volume refused direct I/O or gave other bytes back: nothing to compare with dd");
  return (MEGABYTES * 1000) / (performance.now() - started);
}

async function runDd(operands: readonly string[]): Promise<number> {
  const started = performance.now();
  await exec(["dd", "bs=1M", "status=none", ...operands]);
  return (MEGABYTES * 1000) / (performance.now() - started);
}
