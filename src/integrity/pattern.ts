// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";

/** Bytes of a block: a multiple of every logical block size, and the page size. */
export const blockSize = 4096;

/** A disk promises no more than that one sector is written whole. */
export const sectorSize = 512;

const sectorsPerBlock = blockSize / sectorSize;
const magic = Buffer.from("SEAWRTH1", "latin1");
const headerSize = 56;
const hashSize = 32;
const zeroBlock = Buffer.alloc(blockSize);

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

/** The bytes of one block, a function of its identity alone. Each sector repeats the identity; the last 32 bytes are SHA-256 of the rest. */
export function makeBlock(identity: BlockIdentity): Buffer {
  const block = Buffer.alloc(blockSize);
  for (let sector = 0; sector < sectorsPerBlock; sector++) {
    const part = block.subarray(sector * sectorSize, (sector + 1) * sectorSize);
    writeHeader(part, identity, sector);
    fillPayload(part.subarray(headerSize), identity, sector);
  }
  hashOf(block).copy(block, blockSize - hashSize);
  return block;
}

/** Says what a block is, from its bytes alone. @throws RangeError unless it is given {@link blockSize} bytes. */
export function inspectBlock(block: Buffer): BlockFinding {
  if (block.length !== blockSize)
    throw new RangeError(`a block has ${String(blockSize)} bytes, not ${String(block.length)}`);
  if (block.equals(zeroBlock)) return { kind: "empty" };
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
  if (hashOf(block).equals(block.subarray(blockSize - hashSize))) return { kind: "valid", ...first };
  return { kind: "damaged", firstByte: firstDifference(block, makeBlock(first)), ...first };
}

function writeHeader(sector: Buffer, identity: BlockIdentity, number: number): void {
  magic.copy(sector, 0);
  sector.write(identity.case, 8, 8, "hex");
  sector.write(identity.volume, 16, 8, "hex");
  sector.writeBigUInt64LE(BigInt(identity.index), 24);
  sector.writeBigUInt64LE(BigInt(identity.generation), 32);
  sector.writeBigUInt64LE(BigInt(identity.sequence), 40);
  sector.writeUInt32LE(number, 48);
  sector.writeUInt32LE(blockSize, 52);
}

function readHeader(sector: Buffer, number: number): BlockIdentity | undefined {
  const isOurs = sector.subarray(0, 8).equals(magic) && sector.readUInt32LE(48) === number;
  if (!isOurs || sector.readUInt32LE(52) !== blockSize) return undefined;
  return {
    case: sector.subarray(8, 16).toString("hex"),
    volume: sector.subarray(16, 24).toString("hex"),
    index: Number(sector.readBigUInt64LE(24)),
    generation: Number(sector.readBigUInt64LE(32)),
    sequence: Number(sector.readBigUInt64LE(40)),
  };
}

/** xorshift32: fast, and no two sectors of two writes look alike, so that nothing can deduplicate or compress them away. */
function fillPayload(payload: Buffer, identity: BlockIdentity, sector: number): void {
  const volume = Number.parseInt(identity.volume.slice(0, 8), 16);
  let state =
    (volume ^ Math.imul(identity.index + 1, 0x9e3779b1) ^ Math.imul(identity.generation + 1, 0x85ebca6b)) >>>
    0;
  state =
    (state ^ Math.imul(identity.sequence + 1, 0xc2b2ae35) ^ Math.imul(sector + 1, 0x27d4eb2f)) >>> 0 || 1;
  for (let offset = 0; offset + 4 <= payload.length; offset += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    payload.writeInt32LE(state | 0, offset);
  }
}

function hashOf(block: Buffer): Buffer {
  return createHash("sha256")
    .update(block.subarray(0, blockSize - hashSize))
    .digest();
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
