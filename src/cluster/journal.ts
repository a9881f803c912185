// SPDX-License-Identifier: Apache-2.0
import { mkdir, open, readFile, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { KitError } from "../support/errors.ts";
import { stateHome } from "../support/paths.ts";

/** One thing on the host that is about to be made. Undone in reverse order. */
const journalEntry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("folder"), path: z.string() }),
  z.strictObject({ kind: z.literal("loop-device"), backingFile: z.string() }),
  z.strictObject({ kind: z.literal("volume-group"), name: z.string() }),
  z.strictObject({ kind: z.literal("kind-cluster"), name: z.string(), socket: z.string() }),
  z.strictObject({ kind: z.literal("docker-network"), name: z.string(), socket: z.string() }),
  z.strictObject({
    kind: z.literal("docker-engine"),
    pidFile: z.string(),
    boundedRunc: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal("node-agents"), kubeconfig: z.string() }),
  z.strictObject({ kind: z.literal("workers"), kubeconfig: z.string(), driver: z.string() }),
  z.strictObject({ kind: z.literal("inotify-instances"), before: z.number() }),
  z.strictObject({ kind: z.literal("mounts"), below: z.string() }),
  z.strictObject({
    kind: z.literal("packet-filter"),
    before: z.strictObject({ forwardPolicy: z.string(), ipForward: z.string(), chains: z.array(z.string()) }),
  }),
]);

export type JournalEntry = z.infer<typeof journalEntry>;

const journalsFolder = (): string => join(stateHome(), "journals");

/** The ledger of what one owner (a cluster, the engine) has on the host. Every line is on disk before the thing is made. */
export class Journal {
  readonly name: string;
  readonly file: string;

  constructor(name: string) {
    this.name = name;
    this.file = join(journalsFolder(), `${name}.ndjson`);
  }

  /** Appends and syncs; only then may the thing be made. */
  async record(...entries: readonly JournalEntry[]): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const handle = await open(this.file, "a", 0o600);
    try {
      await handle.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /** Entries in the order they were written. A last line cut short by a crash names nothing that was made, and is left out. */
  async entries(): Promise<JournalEntry[]> {
    const text = await readFile(this.file, "utf8").catch(() => "");
    const lines = text.split("\n");
    lines.pop();
    return lines.map((line, index) => parseLine(line, `${this.file}:${String(index + 1)}`));
  }

  /** Forgets everything: only after all of it was undone. */
  async close(): Promise<void> {
    await rm(this.file, { force: true });
  }

  /** All journals that exist, the engine's last because clusters live in it. */
  static async all(): Promise<Journal[]> {
    const files = await readdir(journalsFolder()).catch(() => []);
    const names = files
      .filter((file) => file.endsWith(".ndjson"))
      .map((file) => file.slice(0, -".ndjson".length));
    const rank = (name: string): number => (name === "engine" ? 1 : 0);
    return names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b)).map((name) => new Journal(name));
  }
}

function parseLine(line: string, where: string): JournalEntry {
  try {
    return journalEntry.parse(JSON.parse(line));
  } catch (thrown) {
    throw new KitError("JOURNAL_DAMAGED", `${where}: not a journal entry: ${line.slice(0, 80)}`, {
      cause: thrown,
      hint: "a newer kit may have written it: use that one, or undo by hand what the file names and delete it",
    });
  }
}
