// SPDX-License-Identifier: Apache-2.0
import { type OutgoingHttpHeaders, request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import type { KubeConfig, V1Status } from "@kubernetes/client-node";
import { KitError, isKitError, toError } from "../support/errors.ts";
import { retry } from "../support/retry.ts";

/** One call of the API, in its own terms. */
export interface ApiCall {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
  /** For messages: `create pods sw-1/a`. */
  readonly purpose: string;
}

/**
 * The answer's text, asked for again as long as the transport is to blame.
 * @throws KitError `KUBE_API` with status and reason; `KUBE_UNREACHABLE` when no answer came at all
 */
export async function callAgain(config: KubeConfig, server: string, call: ApiCall): Promise<string> {
  try {
    return await retry(() => callOnce(config, server, call), {
      isTransient: (error) => isTransient(error, call.method),
      signal: call.signal,
    });
  } catch (thrown) {
    call.signal?.throwIfAborted();
    if (isKitError(thrown)) throw thrown;
    const { message } = toError(thrown);
    throw new KitError(
      "KUBE_UNREACHABLE",
      `${call.purpose}: the API server at ${server} does not answer: ${message}`,
      { cause: thrown },
    );
  }
}

async function callOnce(config: KubeConfig, server: string, call: ApiCall): Promise<string> {
  const options: RequestOptions = { method: call.method };
  await config.applyToHTTPSOptions(options);
  const url = new URL(server + call.path);
  for (const [key, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) url.searchParams.set(key, String(value));
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const contentType =
    body === undefined
      ? {}
      : { "Content-Type": call.contentType ?? "application/json", "Content-Length": Buffer.byteLength(body) };
  options.headers = {
    ...(options.headers as OutgoingHttpHeaders | undefined),
    Accept: "application/json",
    ...contentType,
  };
  if (call.signal !== undefined) options.signal = call.signal;
  const { status, text } = await send(url, options, body);
  if (status >= 200 && status < 300) return text;
  const answer = parseStatus(text);
  throw new KitError("KUBE_API", `${call.purpose}: ${String(status)} ${answer.reason}: ${answer.message}`, {
    details: { status, reason: answer.reason },
  });
}

/** Milliseconds without a byte of an answer; the API server itself ends its work on a request after 60 s. */
const silenceLimit = 75_000;

function send(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const begin = url.protocol === "http:" ? httpRequest : httpsRequest;
    const request = begin(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") });
      });
    });
    request.setTimeout(silenceLimit, () => {
      request.destroy(new Error(`nothing came for ${String(silenceLimit / 1000)} s`));
    });
    request.on("error", reject);
    request.end(body);
  });
}

function parseStatus(text: string): { reason: string; message: string } {
  try {
    const status = JSON.parse(text) as Partial<V1Status>;
    return { reason: status.reason ?? "Unknown", message: status.message ?? text.slice(0, 300) };
  } catch {
    return { reason: "NoStatus", message: text.slice(0, 300) };
  }
}

/** A POST that was cut off may have been carried out: only one that never arrived is repeated. */
function isTransient(error: Error, method: ApiCall["method"]): boolean {
  const code = "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return true;
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ETIMEDOUT") return method !== "POST";
  const status = error instanceof KitError ? error.details["status"] : undefined;
  return status === 429 || status === 503;
}
