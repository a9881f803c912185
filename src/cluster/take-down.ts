// SPDX-License-Identifier: Apache-2.0
import { isKitError, KitError, toError } from "../support/errors.ts";
import { endOrphans } from "../support/orphans.ts";
import { askEngine } from "./engine/docker.ts";
import { findOwnEngine, startOwnEngine } from "./engine/own-engine.ts";
import { endEngineProcess } from "./engine/stop-engine.ts";
import { sweepUnfinished } from "./images/artefact-store.ts";
import { Journal, type JournalEntry } from "./journal.ts";
import { findLeftovers } from "./leftovers.ts";
import { isScratch } from "./scratch-folder.ts";
import { undoJournal } from "./undo.ts";

/** Milliseconds an engine has to say that it is there, on a machine that may be busy. */
const engineTimeout = 30_000;

type Say = (doing: string) => void;

/** What was removed, in words: for the user, and for tests that count. */
export interface TakenDown {
  readonly journals: readonly string[];
  readonly things: number;
}

/**
 * Removes one cluster, and the kit's own engine when it was the last, and proves that nothing is left.
 * @throws KitError `LEFTOVERS` naming what is still there
 */
export async function takeDown(
  name: string,
  say: Say,
  options: { readonly keepEngine?: boolean } = {},
): Promise<TakenDown> {
  const journals = await Journal.all();
  const chosen = journals.filter((journal) => journal.name === name);
  const others = journals.filter(
    (journal) => journal.name !== name && journal.name !== "engine" && !isScratch(journal),
  );
  const keepEngine = options.keepEngine === true || others.length > 0;
  return undoAll(
    keepEngine ? chosen : [...chosen, ...journals.filter((journal) => journal.name === "engine")],
    say,
  );
}

/** Removes everything any earlier run has left: clusters, the engine, half-made builds. */
export async function collectGarbage(say: Say): Promise<TakenDown> {
  for (const name of await endOrphans()) say(`${name}, which a killed run had left running`);
  for (const folder of await sweepUnfinished()) say(`unfinished build ${folder}`);
  return undoAll(await Journal.all(), say);
}

async function undoAll(journals: readonly Journal[], say: Say): Promise<TakenDown> {
  await reviveEngine(journals);
  await expectEngines(journals);
  let things = 0;
  for (const journal of journals) {
    const entries = await journal.entries();
    await undoJournal(journal, say);
    const left = await findLeftovers(entries);
    if (left.length > 0) {
      await journal.record(...entries);
      throw new KitError(
        "LEFTOVERS",
        `${journal.name}: still on this host after clean-up: ${left.join(", ")}`,
        {
          kind: "host",
          hint: "something holds them (see `lsof`, `losetup -a`); end it and run `seaworthy gc` again",
        },
      );
    }
    things += entries.length;
  }
  return { journals: journals.map((journal) => journal.name), things };
}

/** Containers outlive a killed dockerd and only a dockerd on the same data root can remove them. */
async function reviveEngine(journals: readonly Journal[]): Promise<void> {
  const engineJournal = journals.find((journal) => journal.name === "engine") ?? new Journal("engine");
  const entry = (await engineJournal.entries()).find((candidate) => candidate.kind === "docker-engine");
  if (entry?.kind !== "docker-engine" || (await findOwnEngine()) !== undefined) return;
  const clusters = await clustersOf(journals);
  if (clusters.length === 0) return;
  // one that runs and does not answer holds the data root
  await endEngineProcess(entry.pidFile);
  await startOwnEngine(entry.boundedRunc).catch((thrown: unknown) => {
    const { message } = toError(thrown);
    const hint = isKitError(thrown) && thrown.hint !== undefined ? `${thrown.hint}; ` : "";
    throw new KitError(
      "ENGINE_GONE",
      `the Docker engine that the kit had started has died, and does not start again to remove ${names(clusters)}: ${message}`,
      {
        kind: "host",
        cause: thrown,
        hint: `${hint}\`seaworthy doctor\` says what dockerd lacks here; mend that and run \`seaworthy gc\` again`,
      },
    );
  });
}

/** Asked before anything is undone: half a cluster that nobody can look at is harder to remove than a whole one. */
async function expectEngines(journals: readonly Journal[]): Promise<void> {
  const clusters = await clustersOf(journals);
  for (const socket of new Set(clusters.map((cluster) => cluster.socket))) {
    if ((await askEngine(socket, false, engineTimeout)) !== undefined) continue;
    const there = clusters.filter((cluster) => cluster.socket === socket);
    throw new KitError(
      "ENGINE_GONE",
      `no Docker engine answers${socket === "" ? "" : ` at ${socket}`}, and only it can remove ${names(there)}`,
      {
        kind: "host",
        hint: `start ${socket === "" ? "Docker" : "the engine that was there"} and run \`seaworthy gc\` again`,
      },
    );
  }
}

type ClusterEntry = Extract<JournalEntry, { readonly kind: "kind-cluster" }>;

async function clustersOf(journals: readonly Journal[]): Promise<ClusterEntry[]> {
  const entries = await Promise.all(journals.map((journal) => journal.entries()));
  return entries.flat().filter((entry) => entry.kind === "kind-cluster");
}

function names(clusters: readonly ClusterEntry[]): string {
  return `the nodes of ${clusters.map(({ name }) => name).join(", ")}`;
}
