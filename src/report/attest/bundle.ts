// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { KitError, toError } from "../../support/errors.ts";
import { attestationFile, inTotoPayload } from "./envelope.ts";

/** Name of the Sigstore bundle beside a report: who signed the attestation without a key, and the proof of it. */
export const bundleFile = "report.sigstore.json";

/** What a bundle says of who signed; names only when they were checked. */
export type KeylessSignature =
  | { readonly state: "absent" }
  /** There is one, and nobody said who must have signed. */
  | { readonly state: "unchecked" }
  | { readonly state: "valid"; readonly identity: string; readonly issuer: string }
  | { readonly state: "invalid"; readonly why: string };

/** Judges a bundle's text against a trusted root and the signer that is expected. */
export type BundleJudge = (bundle: string) => KeylessSignature;

/** The part that can be read without a trusted root: which bytes were signed. */
const bundleShape = z.object({
  dsseEnvelope: z.object({ payloadType: z.literal(inTotoPayload), payload: z.base64() }),
});

/**
 * What a bundle says of who signed, and what is wrong with it.
 * @param payload of the attestation, which the bundle must be about; undefined when that cannot be read
 * @param judge given when a signer is expected
 */
export function checkBundle(
  bundle: string | undefined,
  payload: string | undefined,
  judge: BundleJudge | undefined,
): { readonly keyless: KeylessSignature; readonly problems: readonly string[] } {
  if (bundle === undefined)
    return {
      keyless: { state: "absent" },
      problems: judge === undefined ? [] : [`${bundleFile} is missing: a signer was expected`],
    };
  const keyless: KeylessSignature = judge?.(bundle) ?? { state: "unchecked" };
  return {
    keyless,
    problems: [
      ...(keyless.state === "invalid" ? [`${bundleFile} does not hold: ${keyless.why}`] : []),
      ...comparePayloads(bundle, payload),
    ],
  };
}

function comparePayloads(bundle: string, payload: string | undefined): string[] {
  try {
    if (readBundlePayload(bundle) === payload || payload === undefined) return [];
    return [`${bundleFile} is about another statement than ${attestationFile}`];
  } catch (thrown) {
    return [toError(thrown).message];
  }
}

/** The bytes that a bundle is about, in base64. @throws KitError `BUNDLE_INVALID` */
export function readBundlePayload(text: string): string {
  try {
    return bundleShape.parse(JSON.parse(text)).dsseEnvelope.payload;
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? z.prettifyError(thrown) : toError(thrown).message;
    throw new KitError(
      "BUNDLE_INVALID",
      `${bundleFile}: not a Sigstore bundle around a DSSE envelope: ${why.replaceAll(/\s+/g, " ")}`,
      { cause: thrown },
    );
  }
}
