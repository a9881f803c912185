// SPDX-License-Identifier: Apache-2.0
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { KitError, toError } from "../../support/errors.ts";

/**
 * A private key to sign with, from PEM text.
 * @param file only named in messages
 * @throws KitError `KEY_INVALID` of kind `usage`
 */
export function readSigningKey(pem: string, file: string): KeyObject {
  return accept(() => createPrivateKey(pem), file, "an unencrypted private key");
}

/**
 * A public key to verify with, from PEM text; a private key will do, its public half is used.
 * @param file only named in messages
 * @throws KitError `KEY_INVALID` of kind `usage`
 */
export function readVerifyingKey(pem: string, file: string): KeyObject {
  return accept(() => createPublicKey(pem), file, "a public key");
}

/** Names a key: SHA-256 over its public half in DER (SubjectPublicKeyInfo), hexadecimal. */
export function keyId(key: KeyObject): string {
  const publicKey = key.type === "public" ? key : createPublicKey(key);
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** The hash that goes with a key: Ed25519 has its own, ECDSA takes SHA-256. */
export function hashFor(key: KeyObject): "sha256" | undefined {
  return key.asymmetricKeyType === "ed25519" ? undefined : "sha256";
}

function accept(read: () => KeyObject, file: string, expected: string): KeyObject {
  const key = parse(read, file, expected);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === "ed25519" || (type === "ec" && details?.namedCurve === "prime256v1")) return key;
  throw new KitError("KEY_INVALID", `read ${file}: a key of type ${type ?? "unknown"}`, {
    kind: "usage",
    hint: "Use Ed25519 or ECDSA on the curve P-256: openssl genpkey -algorithm ed25519 -out key.pem",
  });
}

function parse(read: () => KeyObject, file: string, expected: string): KeyObject {
  try {
    return read();
  } catch (thrown) {
    throw new KitError("KEY_INVALID", `read ${file}: not ${expected} in PEM: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
      hint: "openssl genpkey -algorithm ed25519 -out key.pem makes one; openssl pkey -in key.pem -pubout writes its public half.",
    });
  }
}
