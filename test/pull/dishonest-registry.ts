// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What stands between the kit and an honest registry does to its answers. */
export type Dishonesty =
  /** One byte in the middle of each layer is another. */
  | "change a layer"
  /** The manifest asked for by digest comes with one byte changed. */
  | "change the manifest"
  /** Layers are not there, though their manifest is. */
  | "lose the layers"
  /** The connection is taken and never answered. */
  | "say nothing";

/** A server before a registry. */
export interface DishonestRegistry {
  readonly address: string;
  /** Requests that have come in. */
  readonly requests: () => number;
  stop(): Promise<void>;
}

/** Layers are larger than this, manifests and configs smaller. Bytes. */
const layerSize = 100_000;

/** Passes requests on to a registry and spoils the answers in one way. */
export async function startDishonestRegistry(
  honest: string,
  dishonesty: Dishonesty,
): Promise<DishonestRegistry> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (dishonesty === "say nothing") return;
    void answer(honest, dishonesty, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    address: `127.0.0.1:${String(address.port)}`,
    requests: () => requests,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(
  honest: string,
  dishonesty: Dishonesty,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = String(request.url);
  const upstream = await fetch(`http://${honest}${path}`, {
    method: String(request.method),
    headers: { accept: String(request.headers.accept) },
  });
  const body = Buffer.from(await upstream.arrayBuffer());
  const part = partOf(path, body);
  if (part === "layer" && dishonesty === "lose the layers") {
    response.writeHead(404).end();
    return;
  }
  if (dishonesty === `change a ${part}` || dishonesty === `change the ${part}`) flipMiddle(body);
  response.writeHead(upstream.status, keptHeaders(upstream));
  response.end(body);
}

function partOf(path: string, body: Buffer): "layer" | "manifest" | "rest" {
  if (path.includes("/blobs/") && body.length > layerSize) return "layer";
  return path.includes("/manifests/") && body.length > 0 ? "manifest" : "rest";
}

/** What a client decides by; the length in a HEAD answer is that of what a GET would send. */
function keptHeaders(upstream: Response): Record<string, string> {
  const names = ["content-type", "content-length", "docker-content-digest"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = upstream.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function flipMiddle(body: Buffer): void {
  const middle = Math.floor(body.length / 2);
  body[middle] = (body[middle] ?? 0) ^ 1;
}
