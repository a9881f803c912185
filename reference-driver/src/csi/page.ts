// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";

/** One page of a list and the token of the next, empty when there is none. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string;
}

/**
 * Cuts one page. A token is the id of the last entry given, so entries that come or go in between shift nothing.
 * @param items sorted here by id
 * @throws CsiError ABORTED for a token that was never given (CSI: "invalid starting_token")
 */
export function cutPage<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  maxEntries: number,
  startingToken: string,
): Page<T> {
  if (maxEntries < 0) throw new CsiError("INVALID_ARGUMENT", `max_entries is ${String(maxEntries)}`);
  const after = startingToken === "" ? "" : readToken(startingToken);
  const rest = items.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)).filter((item) => idOf(item) > after);
  const page = maxEntries === 0 ? rest : rest.slice(0, maxEntries);
  const last = page.at(-1);
  return {
    items: page,
    nextToken: last === undefined || page.length === rest.length ? "" : writeToken(idOf(last)),
  };
}

const MARK = "after:";

function writeToken(id: string): string {
  return Buffer.from(`${MARK}${id}`).toString("base64url");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith(MARK))
    throw new CsiError("ABORTED", `starting_token ${token} was not given by this driver`);
  return text.slice(MARK.length);
}
