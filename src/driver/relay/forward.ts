// SPDX-License-Identifier: Apache-2.0
import {
  connect as connectHttp2,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from "node:http2";
import { connect as connectSocket } from "node:net";

/** A driver's whole answer to one call, as bytes. */
export interface RelayedAnswer {
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** Absent when the headers carry the status. */
  readonly trailers: OutgoingHttpHeaders | undefined;
}

/** The status an answer ends with. */
export function statusOf({ headers, trailers }: RelayedAnswer): string {
  return String(trailers?.["grpc-status"] ?? headers["grpc-status"] ?? "none");
}

/** An answer the relay makes itself: headers that are trailers at once (gRPC over HTTP/2, Trailers-Only). */
export function failure(code: number, message: string): RelayedAnswer {
  const headers = {
    ":status": 200,
    "content-type": "application/grpc",
    "grpc-status": String(code),
    "grpc-message": encodeURIComponent(message),
  };
  return { headers, body: Buffer.alloc(0), trailers: undefined };
}

/**
 * Sends one request to a driver's socket and waits for the whole answer. It knows nothing of the messages, so it
 * forwards calls of every version of CSI and of services it has never heard of.
 * @throws Error when the connection breaks
 */
export async function forward(
  socket: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<RelayedAnswer> {
  const session = connectHttp2("http://localhost", { createConnection: () => connectSocket(socket) });
  const { promise, resolve, reject } = Promise.withResolvers<RelayedAnswer>();
  session.once("error", reject);
  const stream = session.request(withoutConnection(headers));
  let answered: OutgoingHttpHeaders = {};
  let trailers: OutgoingHttpHeaders | undefined;
  const chunks: Buffer[] = [];
  stream.once("response", (found: IncomingHttpHeaders) => (answered = withoutSymbols(found)));
  stream.once("trailers", (found: IncomingHttpHeaders) => (trailers = withoutSymbols(found)));
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.once("error", reject);
  stream.once("close", () => {
    if (stream.rstCode !== constants.NGHTTP2_NO_ERROR || Object.keys(answered).length === 0)
      reject(new Error(`the driver broke the call off (${String(stream.rstCode)})`));
    else resolve({ headers: answered, body: Buffer.concat(chunks), trailers });
  });
  stream.end(body);
  try {
    return await promise;
  } finally {
    session.destroy();
  }
}

/** Pseudo-headers and names that belong to one connection; the next makes its own. */
const ofConnection: readonly string[] = [":authority", ":scheme", "content-length"];

function withoutConnection(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.includes(name));
  return Object.fromEntries(kept);
}

/** The headers without the marks that node:http2 keeps under symbols. */
function withoutSymbols(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers));
}
