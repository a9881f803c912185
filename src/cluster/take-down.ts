// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import { endOrphans } from "../support/orphans.ts";
import { findOwnEngine, startOwnEngine } from "./engine/own-engine.ts";
import { sweepUnfinished } from "./images/artefact-store.ts";
import { Journal } from "./journal.ts";
import { findLeftovers } from "./leftovers.ts";
import { undoJournal } from "./undo.ts";

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
  const others = journals.filter((journal) => journal.name !== name && journal.name !== "engine");
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
  const needsEngine = await Promise.all(
    journals.map(async (journal) =>
      (await journal.entries()).some((candidate) => candidate.kind === "kind-cluster"),
    ),
  );
  if (needsEngine.includes(true)) await startOwnEngine(entry.boundedRunc);
}
