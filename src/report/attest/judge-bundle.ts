// SPDX-License-Identifier: Apache-2.0
import { bundleFromJSON } from "@sigstore/bundle";
import { TrustedRoot } from "@sigstore/protobuf-specs";
import { type Signer, toSignedEntity, toTrustMaterial, Verifier } from "@sigstore/verify";
import { KitError, toError } from "../../support/errors.ts";
import type { BundleJudge, KeylessSignature } from "./bundle.ts";

/** Who must have signed; everything given has to hold. */
export interface ExpectedSigner {
  /** Who vouches for the identity: the URL of an OpenID Connect issuer. */
  readonly issuer: string;
  /** Subject of the certificate, letter by letter: the URL of a workflow with its ref, or an e-mail address. */
  readonly identity?: string;
  /** URL of the repository in which the workflow ran. */
  readonly repository?: string;
}

/** Fulcio's certificate extension "Source Repository URI". */
const sourceRepository = "1.3.6.1.4.1.57264.1.12";

/**
 * Reads the authorities and logs whose word is taken.
 * @param file only named in messages
 * @throws KitError `TRUSTED_ROOT_INVALID` of kind `usage`
 */
export function bundleJudge(trustedRoot: string, file: string, expected: ExpectedSigner): BundleJudge {
  const material = toTrustMaterial(readTrustedRoot(trustedRoot, file));
  return (text) => {
    try {
      const entity = toSignedEntity(bundleFromJSON(JSON.parse(text)));
      // the policy of the library takes identities for patterns: they are compared here, as a whole
      return compareSigner(new Verifier(material).verify(entity), expected);
    } catch (thrown) {
      return { state: "invalid", why: explain(toError(thrown)) };
    }
  };
}

function readTrustedRoot(text: string, file: string): TrustedRoot {
  const root = parse(() => TrustedRoot.fromJSON(JSON.parse(text)), file);
  const { certificateAuthorities, tlogs, ctlogs } = root;
  if (certificateAuthorities.length > 0 && tlogs.length > 0 && ctlogs.length > 0) return root;
  throw invalidRoot(file, "it lacks certificate authorities, transparency logs or certificate logs");
}

function parse(read: () => TrustedRoot, file: string): TrustedRoot {
  try {
    return read();
  } catch (thrown) {
    throw invalidRoot(file, toError(thrown).message, thrown);
  }
}

function invalidRoot(file: string, why: string, cause?: unknown): KitError {
  return new KitError("TRUSTED_ROOT_INVALID", `read ${file}: not a trusted root of Sigstore: ${why}`, {
    kind: "usage",
    cause,
    hint: "It is the trusted_root.json that Sigstore publishes, or that of an instance of your own.",
  });
}

function compareSigner({ identity }: Signer, expected: ExpectedSigner): KeylessSignature {
  const subject = identity?.subjectAlternativeName ?? "nobody";
  const issuer = identity?.extensions?.issuer ?? "nobody";
  if (issuer !== expected.issuer)
    return {
      state: "invalid",
      why: `the signer's identity was vouched for by ${issuer}, expected was ${expected.issuer}`,
    };
  if (expected.identity !== undefined && subject !== expected.identity)
    return { state: "invalid", why: `it was signed by ${subject}, expected was ${expected.identity}` };
  if (expected.repository !== undefined && !ranIn(expected.repository, identity))
    return {
      state: "invalid",
      why: `it was signed by ${subject}, which did not run in ${expected.repository}`,
    };
  return { state: "valid", identity: subject, issuer };
}

function ranIn(repository: string, identity: Signer["identity"]): boolean {
  const expected = derText(repository);
  return (identity?.oids ?? []).some(
    ({ oid, value }) => oid?.id.join(".") === sourceRepository && expected.equals(value),
  );
}

/** A text as certificates hold it: UTF8String of DER; a repository's URL is shorter than 256 bytes. */
function derText(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x0c, ...(bytes.length < 0x80 ? [] : [0x81]), bytes.length]), bytes]);
}

/** What the library found, with the reason beneath it. */
function explain({ message, cause }: Error): string {
  const lines = [message, ...(cause instanceof Error ? [cause.message] : [])];
  return lines.join(": ").replaceAll(/\s+/g, " ");
}
