// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { connect } from "node:net";
import { toError } from "../../support/errors.ts";
import type { Crane } from "./crane.ts";
import { parsePin } from "./pins.ts";

/** Milliseconds a registry has to answer, twice: to a connection and to a question. */
const patience = 3000;

/** Which pinned images can be had now. */
export interface RegistryAnswers {
  readonly answering: readonly string[];
  /** Pinned reference → why it cannot be had. */
  readonly silent: ReadonlyMap<string, string>;
}

/**
 * Asks for every pinned image, all at once. The client is made only when some registry takes a connection, or when a proxy
 * stands between, which only the client knows how to use.
 * @throws KitError `IMAGE_DIGEST_MISMATCH` when a registry answers with other bytes
 */
export async function askRegistries(
  references: readonly string[],
  makeClient: () => Promise<Crane>,
): Promise<RegistryAnswers> {
  const silent = new Map<string, string>();
  const open: string[] = [];
  await Promise.all(
    references.map(async (reference) => {
      const refusal = isProxied() ? undefined : await tryConnect(parsePin(reference).registry);
      if (refusal === undefined) open.push(reference);
      else silent.set(reference, refusal);
    }),
  );
  if (open.length === 0) return { answering: [], silent };
  const client = await makeClient();
  const answering: string[] = [];
  await Promise.all(
    open.map(async (reference) => {
      const refusal = await client.ask(reference, patience);
      if (refusal === undefined) answering.push(reference);
      else silent.set(reference, refusal);
    }),
  );
  return { answering, silent };
}

/** Host and port behind a registry's name in an image reference. Docker Hub's name is not its host's. */
export function registryAddress(registry: string): { host: string; port: number } {
  const [name = "", port] = registry.split(":");
  const host = name === "docker.io" ? "index.docker.io" : name;
  const usual = host === "localhost" || host.startsWith("127.") ? 80 : 443;
  return { host, port: port === undefined ? usual : Number(port) };
}

async function tryConnect(registry: string): Promise<string | undefined> {
  const socket = connect(registryAddress(registry));
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(patience) });
    return undefined;
  } catch (thrown) {
    const error = toError(thrown);
    return error.name === "AbortError"
      ? `no connection within ${String(patience / 1000)} s`
      : error.message || error.name;
  } finally {
    socket.destroy();
  }
}

function isProxied(): boolean {
  return ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"].some((name) => process.env[name]);
}
