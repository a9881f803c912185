// SPDX-License-Identifier: Apache-2.0
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { hashSources } from "../catalogue/hash-sources.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import type { DriverProfile } from "../driver/profile.ts";
import type { KillMatrix } from "../report/kill-matrix.ts";
import { KitError, toError } from "../support/errors.ts";

/** What a proof was about; both SHA-256, hexadecimal. */
export interface ProofSubject {
  readonly catalogue: string;
  readonly mutants: string;
}

const recorded = z.object({
  proven: z.literal(true),
  subject: z.object({ catalogue: z.string(), mutants: z.string() }),
  rows: z.array(z.object({ killed: z.boolean() })),
});

/** Where a proof is kept, and what it is or will be about. */
export interface ProofRecord {
  readonly file: string;
  readonly subject: ProofSubject;
  /** How many mutants the proof there killed; undefined when there is none of the same subject. */
  readonly killed: number | undefined;
}

/** Looks whether cases and mutants were proven as they are. @throws KitError of kind `usage`: {@link killedOnRecord} */
export async function openRecord(
  file: string,
  { profile, profileFile }: { readonly profile: DriverProfile; readonly profileFile: string },
): Promise<ProofRecord> {
  const subject = await proofSubject(profile, profileFile);
  return { file, subject, killed: await killedOnRecord(file, subject) };
}

/** The cases of this kit and the mutants of a profile, as they are now. */
async function proofSubject(profile: DriverProfile, profileFile: string): Promise<ProofSubject> {
  const { hash } = await loadCatalogue();
  const list = profile.spec.mutants?.list ?? "";
  return { catalogue: hash, mutants: await hashSources(dirname(resolve(dirname(profileFile), list))) };
}

/**
 * How many mutants a proof on record killed, when it is about the same cases and mutants.
 * @returns undefined when there is no record, or one of others
 * @throws KitError of kind `usage` when the file is no record of a proof that held
 */
export async function killedOnRecord(file: string, subject: ProofSubject): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch((thrown: unknown) => {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  });
  if (text === undefined) return undefined;
  const { rows, subject: known } = parseRecord(text, file);
  const isSame = known.catalogue === subject.catalogue && known.mutants === subject.mutants;
  return isSame ? rows.length : undefined;
}

/** Puts a proof that held on record. */
export async function recordProof(file: string, matrix: KillMatrix, subject: ProofSubject): Promise<void> {
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, `${JSON.stringify({ subject, ...matrix }, undefined, 2)}\n`);
}

function parseRecord(text: string, file: string): z.infer<typeof recorded> {
  try {
    return recorded.parse(JSON.parse(text));
  } catch (thrown) {
    throw new KitError("RECORD_INVALID", `${file}: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
      hint: "`seaworthy prove --record <file>` writes it when all is proven; remove it to prove anew",
    });
  }
}
