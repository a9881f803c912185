// SPDX-License-Identifier: Apache-2.0
import { hashName } from "./pattern.ts";

/**
 * A log of records over one or more volumes, for crash consistency. One writer writes records one after the other, each one
 * block, each synced before the next is begun: record n goes to member n mod members, as that member's turn n div members.
 */
export interface RecordLog {
  /** {@link hashName} of the case id. */
  readonly case: string;
  /** {@link hashName} of the owner of the log. */
  readonly volume: string;
  /** How many volumes take turns. */
  readonly members: number;
}

/** How far a writer was at one moment, in records. */
export interface LogProgress {
  /** Writes begun: no later record can exist anywhere. */
  readonly begun: number;
  /** Writes synced: no earlier record may be missing. */
  readonly acknowledged: number;
}

/** Blocks a log takes on each volume; after so many turns it goes round again. A power of two. */
export const logSlots = 2048;

const slotBits = Math.log2(logSlots);

/** From the names a case gives to a log. */
export function recordLog(caseId: string, owner: string, members: number): RecordLog {
  return { case: hashName(caseId), volume: hashName(owner), members };
}

/**
 * The block in which a turn's record stands: the turn's low bits in reverse order, so that neighbours in time are far apart
 * on the disk. An image put together from two moments then lacks records in the middle of the order, not at its end.
 */
export function slotOf(turn: number): number {
  let slot = 0;
  for (let bit = 0; bit < slotBits; bit++) slot |= ((turn >> bit) & 1) << (slotBits - 1 - bit);
  return slot;
}

/** How many of the first `records` records belong to a member. */
export function turnsOf(records: number, member: number, members: number): number {
  return Math.max(0, Math.ceil((records - member) / members));
}
