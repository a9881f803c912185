// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog, rekorHandler } from "@sigstore/mock";

/** A simulation of Sigstore on this machine: certificate authority, certificate log and signature log by @sigstore/mock. */
export interface SimulatedSigstore extends AsyncDisposable {
  readonly url: string;
  /** JSON text of its trusted root; valid until now, when told so. */
  trustedRoot(validUntil?: Date): string;
  /** Answers every request to the certificate authority with an error that repeats the request. */
  refuse: boolean;
}

export async function simulateSigstore(): Promise<SimulatedSigstore> {
  const keyPair = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const logKeys = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const ctlog = await initializeCTLog(keyPair);
  const ca = await initializeCA(keyPair, ctlog);
  let refuse = false;
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      if (request.url?.includes("/oidc") === true) return answerToken(request);
      const handler = request.url === fulcio.path ? fulcio : rekor;
      if (refuse && handler === fulcio)
        return { statusCode: 400, response: JSON.stringify({ message: `refused: ${body}` }) };
      return handler.fn(handler === rekor ? keptEntry(body) : body);
    })().then(({ statusCode, response: answer }) => {
      response.writeHead(statusCode, { "content-type": "application/json" }).end(answer);
    });
  });
  const url = await listen(server);
  const tlog = await initializeTLog(url, logKeys);
  const fulcio = fulcioHandler(ca);
  const rekor = rekorHandler(tlog);
  const start = new Date(Date.now() - 2 * 3_600_000);
  return {
    url,
    get refuse() {
      return refuse;
    },
    set refuse(value) {
      refuse = value;
    },
    trustedRoot: (end) => {
      const validFor = { start, end };
      const log = (key: Buffer, id: Buffer) => ({
        baseUrl: url,
        hashAlgorithm: "SHA2_256",
        publicKey: { rawBytes: key.toString("base64"), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor },
        logId: { keyId: id.toString("base64") },
      });
      const rawBytes = Buffer.from(ca.rootCertificate.buffer).toString("base64");
      return JSON.stringify({
        mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        certificateAuthorities: [
          {
            subject: { commonName: "simulation", organization: "simulation" },
            uri: url,
            certChain: { certificates: [{ rawBytes }] },
            validFor,
          },
        ],
        ctlogs: [log(ctlog.publicKey, Buffer.from(ctlog.logID.buffer))],
        tlogs: [log(tlog.publicKey, createHash("sha256").update(tlog.publicKey).digest())],
      });
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** The workflow as which the simulated GitHub Actions signs. */
export const workflow = {
  iss: "https://token.actions.githubusercontent.com",
  sub: "https://github.com/acme/csi-driver/.github/workflows/certify.yml@refs/heads/main",
  repository: "acme/csi-driver",
};

/** An identity token as an OpenID Connect issuer makes it; the simulation does not look at its signature. */
export function identityToken(claims: object = workflow): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.${Buffer.from("simulated signature").toString("base64url")}`;
}

/** What the real log keeps of a proposed entry, and answers with; the one of @sigstore/mock would give it back as it came. */
function keptEntry(proposed: string): string {
  const { spec, ...entry } = JSON.parse(proposed) as {
    spec: { proposedContent: { envelope: string; verifiers: string[] } };
  };
  const { envelope, verifiers } = spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope) as { payload: string; signatures: { sig: string }[] };
  const sha256 = (bytes: Buffer) => ({
    algorithm: "sha256",
    value: createHash("sha256").update(bytes).digest("hex"),
  });
  return JSON.stringify({
    ...entry,
    spec: {
      envelopeHash: sha256(Buffer.from(envelope)),
      payloadHash: sha256(Buffer.from(payload, "base64")),
      signatures: signatures.map(({ sig }, index) => ({ signature: sig, verifier: verifiers[index] })),
    },
  });
}

/** What GitHub Actions answers a job that asks for its identity. */
function answerToken({ url, headers }: IncomingMessage): { statusCode: number; response: string } {
  const asked = new URL(url ?? "", "http://127.0.0.1").searchParams.get("audience") === "sigstore";
  return asked && headers.authorization === "Bearer request-token"
    ? { statusCode: 200, response: JSON.stringify({ value: identityToken() }) }
    : { statusCode: 403, response: JSON.stringify({ message: "no" }) };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
