// SPDX-License-Identifier: Apache-2.0
import { sign, type KeyObject } from "node:crypto";
import { crypto, dsse } from "@sigstore/core";
import { z } from "zod";
import { KitError, toError } from "../../support/errors.ts";
import { hashFor, keyId } from "./keys.ts";
import { type TestResultStatement, testResultStatement } from "./statement.ts";

/** Name of the attestation beside a report. */
export const attestationFile = "report.intoto.json";

/** Type of the statement in an envelope. */
export const inTotoPayload = "application/vnd.in-toto+json";

/** DSSE envelope 1.0: the statement's bytes in base64, and signatures over them. */
const dsseEnvelope = z.object({
  payloadType: z.literal(inTotoPayload),
  payload: z.base64(),
  /** None when no key was given: the hashes then show damage, not forgery. */
  signatures: z.array(z.object({ keyid: z.string(), sig: z.base64() })),
});

export type Envelope = z.infer<typeof dsseEnvelope>;

/** The statement in an envelope, as JSON text; signed when a key is given. */
export function sealStatement(statement: TestResultStatement, key?: KeyObject): string {
  const payload = Buffer.from(JSON.stringify(statement));
  const signatures =
    key === undefined
      ? []
      : [
          {
            keyid: keyId(key),
            sig: sign(hashFor(key), dsse.preAuthEncoding(inTotoPayload, payload), key).toString("base64"),
          },
        ];
  const envelope: Envelope = {
    payloadType: inTotoPayload,
    payload: payload.toString("base64"),
    signatures,
  };
  return `${JSON.stringify(envelope, undefined, 2)}\n`;
}

/** @throws KitError `ATTESTATION_INVALID`: not a DSSE envelope around a test-result statement */
export function openEnvelope(text: string): {
  readonly envelope: Envelope;
  readonly statement: TestResultStatement;
} {
  try {
    const envelope = dsseEnvelope.parse(JSON.parse(text));
    const payload: unknown = JSON.parse(Buffer.from(envelope.payload, "base64").toString("utf8"));
    return { envelope, statement: testResultStatement.parse(payload) };
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? z.prettifyError(thrown) : toError(thrown).message;
    throw new KitError(
      "ATTESTATION_INVALID",
      `${attestationFile}: not a DSSE envelope around an in-toto test result: ${why.replaceAll(/\s+/g, " ")}`,
      { cause: thrown },
    );
  }
}

/** Whether one of the signatures was made with this key over these bytes. */
export function isSignedBy({ payload, signatures }: Envelope, key: KeyObject): boolean {
  const signed = dsse.preAuthEncoding(inTotoPayload, Buffer.from(payload, "base64"));
  return signatures.some(({ sig }) => crypto.verify(signed, key, Buffer.from(sig, "base64"), hashFor(key)));
}
