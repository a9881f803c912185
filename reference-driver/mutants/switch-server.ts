// SPDX-License-Identifier: Apache-2.0
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { log, messageOf } from "../src/support/log.ts";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutant-list.ts";

/** A request that names no mutant. */
class BadRequest extends Error {}

/** Takes `PUT /mutant` with `{"slug": "..."}`, null for none, and answers when the fault is in place. */
export function serveSwitch(
  port: number,
  switchTo: (mutant: Mutant | undefined) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    askedFor(request)
      .then(async (mutant) => {
        await switchTo(mutant);
        log({ event: "switched", slug: mutant?.slug ?? null });
        response.writeHead(200, { "content-type": "application/json" });
        response.end(`${JSON.stringify({ slug: mutant?.slug ?? null })}\n`);
      })
      .catch((error: unknown) => {
        log({ event: "switch failed", message: messageOf(error) });
        response.writeHead(error instanceof BadRequest ? 400 : 500).end(`${messageOf(error)}\n`);
      });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, resolve);
  });
}

async function askedFor(request: IncomingMessage): Promise<Mutant | undefined> {
  if (request.method !== "PUT" || request.url !== "/mutant")
    throw new BadRequest(`expected PUT /mutant, not ${request.method ?? ""} ${request.url ?? ""}`);
  const { slug } = JSON.parse(await text(request)) as { slug?: unknown };
  if (slug === null) return undefined;
  const mutant = MUTANTS.find((known) => known.slug === slug);
  if (mutant === undefined) throw new BadRequest(`no mutant is called ${JSON.stringify(slug)}`);
  return mutant;
}
