// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { log, messageOf } from "../support/log.ts";
import type { Extender } from "./extender.ts";
import { parseArgs } from "./wire.ts";

/** What the server is built from. */
export interface ExtenderServerParts {
  readonly extender: Extender;
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Until this is true nothing is answered but 503, which kube-scheduler takes as no extender at all. */
  readonly ready: () => boolean;
}

/** A server that answers. */
export interface RunningExtender {
  readonly port: number;
  stop(): void;
}

const LARGEST_BODY = 8 * 1024 ** 2;

/** Serves `POST /scheduler/filter`, `POST /scheduler/prioritize`, `GET /cache` and `GET /healthz` over TLS 1.2 or newer. */
export async function serveExtender(parts: ExtenderServerParts): Promise<RunningExtender> {
  const { certificate, key, host, port } = parts;
  const server = createServer({ cert: certificate, key, minVersion: "TLSv1.2" }, (request, response) => {
    void answer(parts, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(
  parts: ExtenderServerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const route = `${request.method ?? ""} ${request.url ?? ""}`;
  try {
    if (!parts.ready()) return void send(response, 503, { error: "not all objects have been seen yet" });
    switch (route) {
      case "GET /healthz":
        return void send(response, 200, { ready: true });
      case "GET /cache":
        return void send(response, 200, parts.extender.cache());
      case "POST /scheduler/filter":
        return void send(response, 200, await parts.extender.filter(parseArgs(await read(request))));
      case "POST /scheduler/prioritize":
        return void send(response, 200, parts.extender.prioritize(parseArgs(await read(request))));
      default:
        return void send(response, 404, { error: `${route}: no such thing here` });
    }
  } catch (error) {
    log({ event: "request failed", route, message: messageOf(error) });
    send(response, 400, { error: messageOf(error) });
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const length = Number(request.headers["content-length"] ?? Infinity);
  if (!(length <= LARGEST_BODY))
    throw new Error(`a body of at most ${String(LARGEST_BODY)} bytes with its length is expected`);
  return text(request);
}

function send(response: ServerResponse, status: number, body: object): void {
  const content = Buffer.from(`${JSON.stringify(body)}\n`);
  response
    .writeHead(status, { "content-type": "application/json", "content-length": content.length })
    .end(content);
}
