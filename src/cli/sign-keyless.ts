// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from "node:crypto";
import { type Bundle, bundleToJSON } from "@sigstore/bundle";
import { CIContextProvider, DSSEBundleBuilder, FulcioSigner, RekorWitness } from "@sigstore/sign";
import { inTotoPayload } from "../report/attest/envelope.ts";
import { KitError, toError } from "../support/errors.ts";
import { redactText } from "../support/redact.ts";

/** A signature made without a key of one's own. */
export interface KeylessSigned {
  /** The Sigstore bundle, as JSON text. */
  readonly bundle: string;
  /** Subject of the certificate: who signed. */
  readonly subject: string;
}

/** Of each request; the public log takes its time when it is busy. */
const service = { timeout: 30_000, retry: { retries: 2 } };

/**
 * Signs a statement with a key that lives for this call alone: Sigstore's authority certifies that it belongs to the
 * identity the CI vouches for, and its public log keeps the signature.
 * @throws KitError `IDENTITY_REFUSED`, `SIGSTORE_FAILED`; no message holds a token
 */
export async function signKeyless(statement: Buffer): Promise<KeylessSigned> {
  const token = await readToken();
  const builder = new DSSEBundleBuilder({
    signer: new FulcioSigner({
      ...service,
      ...baseUrl("fulcioBaseURL", "SIGSTORE_FULCIO_URL"),
      identityProvider: { getToken: () => Promise.resolve(token) },
    }),
    witnesses: [new RekorWitness({ ...service, ...baseUrl("rekorBaseURL", "SIGSTORE_REKOR_URL") })],
  });
  const bundle = await builder.create({ data: statement, type: inTotoPayload }).catch((thrown: unknown) => {
    throw explainFailure(toError(thrown), token);
  });
  return { bundle: `${JSON.stringify(bundleToJSON(bundle), undefined, 2)}\n`, subject: subjectOf(bundle) };
}

async function readToken(): Promise<string> {
  const token: unknown = await new CIContextProvider("sigstore").getToken().catch(() => undefined);
  if (typeof token === "string" && token !== "") return token;
  throw new KitError("IDENTITY_REFUSED", "sign without a key: the CI gave no identity token", {
    kind: "host",
    hint: "In GitHub Actions the job needs `permissions: id-token: write`.",
  });
}

/** An instance of Sigstore other than the public one. */
function baseUrl<Name extends string>(name: Name, variable: string): Partial<Record<Name, string>> {
  const text = process.env[variable];
  if (text === undefined || text === "") return {};
  const url = URL.parse(text);
  if (url?.protocol === "https:" || url?.hostname === "127.0.0.1")
    return { [name]: text.replace(/\/+$/, "") } as Partial<Record<Name, string>>;
  throw new KitError("SIGSTORE_URL_INVALID", `${variable}: ${text} is no https address`, { kind: "usage" });
}

/** The library's own messages may hold the token, and its causes what a server answered: neither is passed on. */
function explainFailure(error: Error, token: string): KitError {
  const code = "code" in error ? String(error.code) : "";
  if (code === "IDENTITY_TOKEN_PARSE_ERROR")
    return new KitError("IDENTITY_REFUSED", "sign without a key: the identity token names no subject", {
      kind: "host",
      hint: "SIGSTORE_ID_TOKEN holds an OpenID Connect token for the audience `sigstore`.",
    });
  const { cause, message } = error;
  const whole =
    cause instanceof Error && !message.includes(cause.message) ? `${message}: ${cause.message}` : message;
  const said = [token, process.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? ""]
    .filter((secret) => secret !== "")
    .reduce((text, secret) => text.replaceAll(secret, "[redacted]"), whole);
  return new KitError("SIGSTORE_FAILED", `sign without a key: ${redactText(said).replaceAll(/\s+/g, " ")}`, {
    kind: "host",
    hint: "The report is written and stays as it is: `seaworthy report sign <report>` signs it later.",
  });
}

function subjectOf({ verificationMaterial: { content } }: Bundle): string {
  if (content.$case !== "certificate") return "unknown";
  return new X509Certificate(content.certificate.rawBytes).subjectAltName?.replace(/^\w+:/, "") ?? "unknown";
}
