// SPDX-License-Identifier: Apache-2.0
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { KitError } from "../../support/errors.ts";
import { endOwnPrograms } from "../../support/orphans.ts";
import { cacheHome } from "../../support/paths.ts";
import { freeDiskBytes } from "../free-disk.ts";
import { unmountBelow } from "../mounts.ts";
import { endProcessesIn } from "../../support/end-processes-in.ts";
import { isAlive, ownIdentity, parseIdentity } from "../../support/process-identity.ts";

/** Receives what a long step is doing right now, in a few words. */
export type Say = (doing: string) => void;

/** A folder of built things whose name holds the hash of everything it was made from. */
export interface Artefact {
  readonly folder: string;
  /** False when the cache already held it. */
  readonly built: boolean;
}

/** What to build, and from what. */
export interface ArtefactRequest {
  readonly name: string;
  /** SHA-256, hexadecimal, of all inputs: {@link hashInputs}. */
  readonly hash: string;
  /** Fills the folder; it appears in the cache only when this has returned. */
  readonly build: (folder: string) => Promise<void>;
}

const artefactsFolder = (): string => join(cacheHome(), "artefacts");
const unfinishedFolder = (): string => join(cacheHome(), "unfinished");
const artefactFolder = (name: string, hash: string): string =>
  join(artefactsFolder(), `${name}-${hash.slice(0, 16)}`);

/**
 * Returns the artefact from the cache or builds it. A build happens in a folder of its own that is renamed into place
 * at the end, so an interrupted one never looks finished; two builders of the same thing cannot spoil each other.
 */
export async function ensureArtefact(request: ArtefactRequest): Promise<Artefact> {
  const folder = artefactFolder(request.name, request.hash);
  if (await exists(folder)) return { folder, built: false };
  const unfinished = join(unfinishedFolder(), `${request.name}.${ownIdentity()}`);
  await mkdir(unfinished, { recursive: true });
  await mkdir(artefactsFolder(), { recursive: true });
  try {
    await request.build(unfinished);
    await rename(unfinished, folder);
  } catch (thrown) {
    const room = await freeDiskBytes(cacheHome());
    await removeUnfinished(unfinished);
    if (room < fullDisk) throw diskFull(request.name, thrown);
    // another process may have finished the same thing first
    if (await exists(folder)) return { folder, built: false };
    throw thrown;
  }
  return { folder, built: true };
}

/** Bytes below which a failed build is put down to the disk: programs seldom say so themselves. */
const fullDisk = 32 * 2 ** 20;

function diskFull(name: string, cause: unknown): KitError {
  return new KitError("DISK_FULL", `building ${name}: no space left on the disk of ${cacheHome()}`, {
    kind: "host",
    cause,
    hint: "free some space there, or point XDG_CACHE_HOME at a disk with 30 GiB free",
  });
}

/** True when the cache holds the artefact already. */
export function hasArtefact(name: string, hash: string): Promise<boolean> {
  return exists(artefactFolder(name, hash));
}

/** The artefact when the cache holds it. */
export async function findArtefact(name: string, hash: string): Promise<Artefact | undefined> {
  return (await hasArtefact(name, hash)) ? { folder: artefactFolder(name, hash), built: false } : undefined;
}

/** Removes what builders that no longer run have left. Returns the removed folders. */
export async function sweepUnfinished(): Promise<string[]> {
  const names = await readdir(unfinishedFolder()).catch(() => []);
  const dead = names.filter((name) => !isAlive(parseIdentity(name.slice(name.lastIndexOf(".") + 1))));
  for (const name of dead) await removeUnfinished(join(unfinishedFolder(), name));
  return dead.map((name) => join(unfinishedFolder(), name));
}

/** Removes what this process has begun and will not finish: a failed build's neighbours, or all after Ctrl-C. */
export async function abandonUnfinished(): Promise<void> {
  await endOwnPrograms();
  const names = await readdir(unfinishedFolder()).catch(() => []);
  for (const name of names.filter((candidate) => candidate.endsWith(`.${ownIdentity()}`))) {
    await removeUnfinished(join(unfinishedFolder(), name));
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  await endProcessesIn(folder);
  await unmountBelow(folder);
  await rm(folder, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
