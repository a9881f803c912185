// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:http";
import type { Stop } from "./process.ts";

/** Answers GET on a port: 200 when ready, 503 until then. No port, no server. */
export async function serveHealth(port: number | undefined, ready: () => boolean): Promise<Stop> {
  if (port === undefined) return () => undefined;
  const server = createServer((_request, response) => {
    response.writeHead(ready() ? 200 : 503).end(ready() ? "ready\n" : "not ready\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
