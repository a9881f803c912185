// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readSigningKey } from "../report/attest/keys.ts";
import { KitError, toError } from "../support/errors.ts";
import { expectIdentity } from "./ci-identity.ts";
import { readKeyFile } from "./key-file.ts";
import type { Sealing } from "./write-report-files.ts";

/**
 * Reads what a report is to be sealed with, before anything is made.
 * @throws KitError of kind `usage`: those of the key, `IDENTITY_MISSING`, and `KILL_MATRIX_INVALID`
 */
export async function readSealing(options: {
  readonly signKey?: string;
  readonly signKeyless?: boolean;
  readonly killMatrix?: string;
}): Promise<Sealing> {
  const { signKey, killMatrix: proof } = options;
  const signKeyless = options.signKeyless === true;
  if (signKeyless) expectIdentity();
  if (proof !== undefined) await expectProof(proof);
  return {
    signKeyless,
    ...(signKey === undefined ? {} : { signKey: await readKeyFile(signKey, readSigningKey) }),
    ...(proof === undefined ? {} : { killMatrix: proof }),
  };
}

/** Only the outcome is looked at: the rest is for whoever reads the proof. */
const killMatrix = z.object({ proven: z.literal(true) });

async function expectProof(file: string): Promise<void> {
  try {
    killMatrix.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? 'it does not say `"proven": true`' : toError(thrown).message;
    throw new KitError("KILL_MATRIX_INVALID", `read kill matrix ${file}: ${why}`, {
      kind: "usage",
      cause: thrown,
      hint: "`seaworthy prove` writes one as kill-matrix.json; only a proof that held belongs beside a report.",
    });
  }
}
