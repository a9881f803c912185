// SPDX-License-Identifier: Apache-2.0
import { blockSize, type BlockFinding } from "./pattern.ts";
import { expandRuns, type BlockReport } from "./runs.ts";
import { expectedBytes, expectedChecksum, type ExpectedBlocks } from "./expected-blocks.ts";

/** In what way data is wrong. */
export type DataFault =
  /** Zeros, or nothing at all, where data was written. */
  | "empty"
  /** An earlier generation of the same volume. */
  | "stale"
  /** A later generation than the moment asked for. */
  | "newer"
  /** The right data at the wrong place. */
  | "shifted"
  /** The right generation, written in another order than the kit wrote it. */
  | "reordered"
  /** Fewer bytes than were written. */
  | "truncated"
  /** More bytes than were written. */
  | "extended"
  /** Sectors of different writes within one block. */
  | "torn"
  /** One write, but its bytes changed. */
  | "damaged"
  /** Another volume's or case's data, or bytes the kit never wrote. */
  | "foreign";

/** One kind of fault: how many blocks show it and where it begins. */
interface FaultCount {
  readonly fault: DataFault;
  readonly blocks: number;
  /** Byte offset of the first. */
  readonly firstOffset: number;
  /** What the first one is, in words. */
  readonly example: string;
}

/** Whether the data is what was expected, and in words what it is instead. */
export interface DataVerdict {
  readonly faults: readonly FaultCount[];
  /** `as expected`, or every fault with number and first offset. */
  readonly words: string;
}

interface BlockFault {
  readonly fault: DataFault;
  readonly example: string;
}

/** Compares what a reader found with what the kit knows it wrote. */
export function compareBlocks(expected: ExpectedBlocks, found: BlockReport): DataVerdict {
  const counts = new Map<DataFault, FaultCount>();
  let index = 0;
  for (const finding of expandRuns(found.runs)) {
    if (index >= expected.count) break;
    const fault = judgeBlock(expected, index, finding);
    if (fault !== undefined) count(counts, fault, index * blockSize);
    index += 1;
  }
  const size = judgeSize(expected, found.bytes);
  if (size !== undefined) counts.set(size.fault, size);
  const faults = [...counts.values()];
  if (faults.length === 0 && found.checksum !== expectedChecksum(expected)) {
    faults.push({
      fault: "damaged",
      blocks: 1,
      firstOffset: 0,
      example: "every block looks right, yet the checksum of the whole differs",
    });
  }
  return { faults, words: faults.length === 0 ? "as expected" : faults.map(inWords).join("; ") };
}

function judgeBlock(expected: ExpectedBlocks, index: number, finding: BlockFinding): BlockFault | undefined {
  switch (finding.kind) {
    case "empty":
      return { fault: "empty", example: "zeros" };
    case "torn":
      return { fault: "torn", example: tornWords(finding) };
    case "unknown":
      return { fault: "foreign", example: `bytes the kit never wrote (${finding.firstBytes}…)` };
    case "damaged":
      return {
        fault: "damaged",
        example: `generation ${String(finding.generation)}, changed from byte ${String(finding.firstByte)} of the block on`,
      };
    case "valid":
      return judgeValid(expected, index, finding);
  }
}

function judgeValid(
  expected: ExpectedBlocks,
  index: number,
  found: BlockFinding & { readonly kind: "valid" },
): BlockFault | undefined {
  if (found.case !== expected.case) return { fault: "foreign", example: "data of another case" };
  if (found.volume !== expected.volume)
    return { fault: "foreign", example: "data of another volume of this case" };
  if (found.generation !== expected.generation) {
    const words = `generation ${String(found.generation)} where ${String(expected.generation)} was expected`;
    return { fault: found.generation < expected.generation ? "stale" : "newer", example: words };
  }
  if (found.index !== index)
    return { fault: "shifted", example: `block ${String(found.index)} where block ${String(index)} belongs` };
  if (found.sequence !== expected.firstSequence + index) {
    return {
      fault: "reordered",
      example: `write ${String(found.sequence)} where write ${String(expected.firstSequence + index)} was expected`,
    };
  }
  return undefined;
}

function judgeSize(expected: ExpectedBlocks, bytes: number): FaultCount | undefined {
  const wanted = expectedBytes(expected);
  if (bytes === wanted) return undefined;
  if (bytes === 0)
    return { fault: "empty", blocks: expected.count, firstOffset: 0, example: "no bytes at all, or no file" };
  const blocks = Math.ceil(Math.abs(wanted - bytes) / blockSize);
  const example = `${String(bytes)} bytes where ${String(wanted)} were written`;
  return {
    fault: bytes < wanted ? "truncated" : "extended",
    blocks,
    firstOffset: Math.min(bytes, wanted),
    example,
  };
}

function count(counts: Map<DataFault, FaultCount>, { fault, example }: BlockFault, offset: number): void {
  const before = counts.get(fault);
  counts.set(
    fault,
    before === undefined
      ? { fault, blocks: 1, firstOffset: offset, example }
      : { ...before, blocks: before.blocks + 1 },
  );
}

function tornWords(finding: BlockFinding & { readonly kind: "torn" }): string {
  const generations = `sectors of generation ${finding.generations.join(" and ")}`;
  return finding.missingSectors === 0
    ? generations
    : `${generations}, ${String(finding.missingSectors)} of 8 sectors never written`;
}

function inWords({ fault, blocks, firstOffset, example }: FaultCount): string {
  return `${fault}: ${String(blocks)} ${blocks === 1 ? "block" : "blocks"} from offset ${String(firstOffset)} (${example})`;
}
