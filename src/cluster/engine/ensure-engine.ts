// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../../support/errors.ts";
import { hasProgram, type HostFacts } from "../host.ts";
import { askEngine, type Engine } from "./docker.ts";
import { findOwnEngine, startOwnEngine } from "./own-engine.ts";

/** Milliseconds the user's own engine has to answer before the kit starts one itself. */
const userEngineTimeout = 3_000;

/**
 * The Docker engine to use: the user's when it answers, else one the kit started, else a new one of the kit's own.
 * @throws KitError of kind `host` when there is neither an engine nor what it takes to start one
 */
export async function ensureEngine(facts: HostFacts, boundedRunc: string): Promise<Engine> {
  const found = await findEngine();
  if (found !== undefined) return found;
  if (!facts.root) {
    throw new KitError("ROOT_NEEDED", "no Docker engine answers, and only root can start one", {
      kind: "host",
      hint: "start Docker, or run the command as root",
    });
  }
  if (!(await hasProgram("dockerd"))) {
    throw new KitError("ENGINE_MISSING", "no Docker engine answers, and dockerd is not installed", {
      kind: "host",
      hint: "install Docker, or let the kit install what is missing with --yes",
    });
  }
  return startOwnEngine(facts.boundingSetFull ? undefined : boundedRunc);
}

/** The engine that would be used now, without starting one. */
export async function findEngine(): Promise<Engine | undefined> {
  const own = await findOwnEngine();
  if (own !== undefined) return own;
  return (await hasProgram("docker")) ? askEngine("", false, userEngineTimeout) : undefined;
}
