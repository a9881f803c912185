// SPDX-License-Identifier: Apache-2.0
import { EventEmitter, once } from "node:events";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { blockSize, makeBlock } from "../pattern.ts";
import { logSlots, slotOf, type LogProgress, type RecordLog } from "../record-log.ts";

/** Milliseconds between two records: a load, but one that leaves the node time for others. */
const pace = 2;

/** Writes a record log until it is told to stop. */
export class LogWriter {
  readonly #log: Omit<RecordLog, "members">;
  readonly #files: readonly FileHandle[];
  readonly #progress = new EventEmitter().setMaxListeners(0);
  #begun = 0;
  #acknowledged = 0;
  #stopping = false;
  #failure: Error | undefined;
  readonly #ended: Promise<void>;

  private constructor(log: Omit<RecordLog, "members">, files: readonly FileHandle[]) {
    this.#log = log;
    this.#files = files;
    this.#ended = this.#writeAll().catch((thrown: unknown) => {
      this.#failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#progress.emit("record");
    });
  }

  /** Makes the slots of every member, empty and on the disk, and begins to write. */
  static async start(log: Omit<RecordLog, "members">, paths: readonly string[]): Promise<LogWriter> {
    return new LogWriter(log, await Promise.all(paths.map(makeSlots)));
  }

  get progress(): LogProgress {
    return { begun: this.#begun, acknowledged: this.#acknowledged };
  }

  /** Resolves when so many records are synced. @throws what the volume answered a write with */
  async until(records: number): Promise<LogProgress> {
    while (this.#acknowledged < records && this.#failure === undefined) await once(this.#progress, "record");
    if (this.#failure !== undefined) throw this.#failure;
    return this.progress;
  }

  /** Resolves when the volume has refused a record: what it acknowledged before stands. @throws Error when the writer was stopped */
  async untilRefused(): Promise<LogProgress> {
    await this.#ended;
    if (this.#failure === undefined)
      throw new Error("the volume refused no record before the writer was stopped");
    return this.progress;
  }

  /** Ends after the record that is being written. */
  async stop(): Promise<LogProgress> {
    this.#stopping = true;
    await this.#ended;
    if (this.#failure !== undefined) throw this.#failure;
    return this.progress;
  }

  async #writeAll(): Promise<void> {
    const members = this.#files.length;
    try {
      for (let record = 0; !this.#stopping; record++) {
        const member = record % members;
        const turn = Math.floor(record / members);
        const block = makeBlock({ ...this.#log, index: turn, generation: member, sequence: turn });
        this.#begun = record + 1;
        await this.#files[member]?.write(block, 0, blockSize, slotOf(turn % logSlots) * blockSize);
        await this.#files[member]?.datasync();
        this.#acknowledged = record + 1;
        this.#progress.emit("record");
        await pause(pace);
      }
    } finally {
      await Promise.all(this.#files.map((file) => file.close()));
    }
  }
}

/** Written out beforehand, so that a record changes data only: what is tested is the order of writes, not that of metadata. */
async function makeSlots(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  const zeros = Buffer.alloc(256 * blockSize);
  for (let offset = 0; offset < logSlots * blockSize; offset += zeros.length)
    await file.write(zeros, 0, zeros.length, offset);
  await file.sync();
  if ((await file.stat()).isFile()) await syncFolder(dirname(path));
  return file;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  await folder.sync();
  await folder.close();
}
