// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { payloadWords } from "./payload-words.ts";

/** Bytes of a block: a multiple of every logical block size, and the page size. */
export const blockSize = 4096;

/** A disk promises no more than that one sector is written whole. */
export const sectorSize = 512;

const sectorsPerBlock = blockSize / sectorSize;
const magic = Buffer.from("SEAWRTH1", "latin1");
/** Identity and magic, the same in all sectors of a block; sector number and block size follow. */
const identitySize = 48;
const headerSize = identitySize + 8;
const wordsPerSector = (sectorSize - headerSize) / 4;
const zeroBlock = Buffer.alloc(blockSize);
const scratch = Buffer.alloc(blockSize);

/** Who wrote a block, where it belongs, and when. */
export interface BlockIdentity {
  /** {@link hashName} of the case id. */
  readonly case: string;
  /** {@link hashName} of the owner of the volume. */
  readonly volume: string;
  /** Position in blocks from the start. */
  readonly index: number;
  readonly generation: number;
  /** Position in the order of writing. */
  readonly sequence: number;
}

/** What one block turned out to be. */
export type BlockFinding =
  | { readonly kind: "empty" }
  | ({ readonly kind: "valid" } & BlockIdentity)
  /** Sectors of different writes in one block, or sectors that were never written. */
  | { readonly kind: "torn"; readonly generations: readonly number[]; readonly missingSectors: number }
  /** All sectors of one write, yet the bytes are not what that write put there. */
  | ({ readonly kind: "damaged"; readonly firstByte: number } & BlockIdentity)
  /** Nothing this program ever wrote. */
  | { readonly kind: "unknown"; readonly firstBytes: string };

/** First 8 bytes of SHA-256 as hexadecimal digits: names in a fixed width. */
export function hashName(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 16);
}

/** The bytes of one block, a function of its identity alone: each sector repeats the identity, and the rest follows from it. */
export function makeBlock(identity: BlockIdentity): Buffer {
  const block = Buffer.alloc(blockSize);
  writeBlock(block, identity);
  return block;
}

/** Puts the bytes of one block into the first {@link blockSize} bytes of a buffer. */
export function writeBlock(into: Buffer, { case: caseHash, volume, ...numbers }: BlockIdentity): void {
  magic.copy(into, 0);
  into.write(caseHash, 8, 8, "hex");
  into.write(volume, 16, 8, "hex");
  writeNumber(into, 24, numbers.index);
  writeNumber(into, 32, numbers.generation);
  writeNumber(into, 40, numbers.sequence);
  completeBlock(into);
}

/** Says what a block is, from its bytes alone. @throws RangeError unless it is given {@link blockSize} bytes. */
export function inspectBlock(block: Buffer): BlockFinding {
  if (block.length !== blockSize)
    throw new RangeError(`a block has ${String(blockSize)} bytes, not ${String(block.length)}`);
  if (block.equals(zeroBlock)) return { kind: "empty" };
  // Nearly all blocks are whole: every byte is what the first header says, and nothing else has to be looked at.
  block.copy(scratch, 0, 0, identitySize);
  completeBlock(scratch);
  const whole = block.equals(scratch) ? readHeader(block, 0) : undefined;
  if (whole !== undefined) return { kind: "valid", ...whole };
  return inspectFaulty(block);
}

function inspectFaulty(block: Buffer): BlockFinding {
  const headers: BlockIdentity[] = [];
  for (let sector = 0; sector < sectorsPerBlock; sector++) {
    const header = readHeader(block.subarray(sector * sectorSize, (sector + 1) * sectorSize), sector);
    if (header !== undefined) headers.push(header);
  }
  const first = headers[0];
  if (first === undefined) return { kind: "unknown", firstBytes: block.subarray(0, 8).toString("hex") };
  if (headers.length < sectorsPerBlock || headers.some((header) => !isSame(header, first))) {
    const generations = [...new Set(headers.map((header) => header.generation))].sort((a, b) => a - b);
    return { kind: "torn", generations, missingSectors: sectorsPerBlock - headers.length };
  }
  return { kind: "damaged", firstByte: firstDifference(block, makeBlock(first)), ...first };
}

/** Makes the rest of a block from the identity at its start. */
function completeBlock(block: Buffer): void {
  const view = new DataView(block.buffer, block.byteOffset, blockSize);
  let mixed = 0;
  for (let offset = 8; offset < identitySize; offset += 4) mixed = mix(mixed ^ view.getInt32(offset, true));
  for (let sector = 0; sector < sectorsPerBlock; sector++) {
    const start = sector * sectorSize;
    if (sector > 0) block.copyWithin(start, 0, identitySize);
    view.setUint32(start + identitySize, sector, true);
    view.setUint32(start + identitySize + 4, blockSize, true);
    const seed = mix(mixed ^ sector);
    for (let word = 0; word < wordsPerSector; word++)
      view.setInt32(start + headerSize + word * 4, seed ^ (payloadWords[word] ?? 0), true);
  }
}

function mix(value: number): number {
  const product = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return product ^ (product >>> 13);
}

function writeNumber(into: Buffer, offset: number, value: number): void {
  into.writeUInt32LE(value % 2 ** 32, offset);
  into.writeUInt32LE(Math.floor(value / 2 ** 32), offset + 4);
}

function readNumber(from: Buffer, offset: number): number {
  return from.readUInt32LE(offset + 4) * 2 ** 32 + from.readUInt32LE(offset);
}

function readHeader(sector: Buffer, number: number): BlockIdentity | undefined {
  const isOurs = sector.subarray(0, 8).equals(magic) && sector.readUInt32LE(48) === number;
  if (!isOurs || sector.readUInt32LE(52) !== blockSize) return undefined;
  return {
    case: sector.subarray(8, 16).toString("hex"),
    volume: sector.subarray(16, 24).toString("hex"),
    index: readNumber(sector, 24),
    generation: readNumber(sector, 32),
    sequence: readNumber(sector, 40),
  };
}

function isSame(a: BlockIdentity, b: BlockIdentity): boolean {
  return (
    a.case === b.case &&
    a.volume === b.volume &&
    a.index === b.index &&
    a.generation === b.generation &&
    a.sequence === b.sequence
  );
}

function firstDifference(a: Buffer, b: Buffer): number {
  return a.findIndex((byte, offset) => byte !== b[offset]);
}
