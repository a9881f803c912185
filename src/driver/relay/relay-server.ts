// SPDX-License-Identifier: Apache-2.0
import { createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { failure, forward, type RelayedAnswer, statusOf } from "./forward.ts";
import type { RelayedCall, RelayRule, RuleBook } from "./rule.ts";

/** gRPC's word for a connection that broke. */
const unavailable = 14;

export interface RelayParts {
  /** The driver's socket. */
  readonly target: string;
  readonly rules: RuleBook;
  /** Told of each call when the driver has answered, before the caller hears of it. */
  readonly seen: (call: RelayedCall) => void;
  /** Resolves when the rules have changed. */
  readonly changed: () => Promise<unknown>;
}

/** A server between a sidecar and a driver that does to calls what its rules say. The caller listens and closes. */
export function createRelay(parts: RelayParts): Http2Server {
  const server = createServer();
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    // A caller that gave up is not told anything.
    stream.on("error", () => undefined);
    stream.once("end", () => {
      void relay(parts, headers, Buffer.concat(chunks)).then((answer) => send(stream, answer));
    });
  });
  return server;
}

async function relay(parts: RelayParts, headers: IncomingHttpHeaders, body: Buffer): Promise<RelayedAnswer> {
  const method = headers[":path"]?.split("/").at(-1) ?? "";
  const rule = parts.rules.take(method);
  const action = rule?.action ?? "pass";
  if (rule?.action === "fail") {
    parts.seen({ method, action });
    return failure(rule.code ?? unavailable, "the relay was told to fail this call");
  }
  const ask = () => forward(parts.target, headers, body).catch(broken);
  const [answer] = await Promise.all(action === "duplicate" ? [ask(), ask()] : [ask()]);
  parts.seen({ method, action, status: statusOf(answer) });
  return (await withheld(parts, method, rule)) ?? answer;
}

async function withheld(
  parts: RelayParts,
  method: string,
  rule: RelayRule | undefined,
): Promise<RelayedAnswer | undefined> {
  if (rule?.action === "lose-answer") return failure(unavailable, "the relay lost the answer");
  if (rule?.action !== "hold") return undefined;
  while (parts.rules.holds(method)) await parts.changed();
  // What ends the hold may be a rule that loses the answer: it was given, and nobody heard it.
  return withheld(parts, method, parts.rules.take(method));
}

function broken(thrown: unknown): RelayedAnswer {
  return failure(unavailable, thrown instanceof Error ? thrown.message : String(thrown));
}

function send(stream: ServerHttp2Stream, { headers, body, trailers }: RelayedAnswer): void {
  if (stream.destroyed || stream.closed) return;
  if (trailers === undefined) {
    stream.respond(headers, { endStream: body.length === 0 });
    if (body.length > 0) stream.end(body);
    return;
  }
  stream.respond(headers, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end(body);
}
