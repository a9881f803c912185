// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";

/** One pool of a node, as its administrator (or the kit) wrote it down. */
export interface PoolEntry {
  readonly class: string;
  readonly volumeGroup: string;
  /** Cut volumes out of a thin pool, where there is device-mapper. */
  readonly thin?: boolean;
}

/** Content of pools.json. */
export interface PoolsFile {
  readonly node: string;
  /** The zone whose nodes share the pools; unset: they are this node's own. */
  readonly zone?: string;
  readonly pools: readonly PoolEntry[];
}

/** Reads pools.json; a wrong shape is an error that names the file and the field. */
export async function readPoolsFile(file: string): Promise<PoolsFile> {
  return parsePools(await readFile(file, "utf8"), file);
}

export function parsePools(text: string, file: string): PoolsFile {
  const content = JSON.parse(text) as { node?: unknown; zone?: unknown; pools?: unknown };
  if (typeof content.node !== "string") throw new Error(`${file}: node: a text is expected`);
  if (!Array.isArray(content.pools)) throw new Error(`${file}: pools: a list is expected`);
  if (content.zone !== undefined && typeof content.zone !== "string")
    throw new Error(`${file}: zone: a text is expected`);
  return {
    node: content.node,
    ...(content.zone === undefined ? {} : { zone: content.zone }),
    pools: content.pools.map((entry: unknown, index) => readEntry(entry, `${file}: pools[${String(index)}]`)),
  };
}

function readEntry(entry: unknown, where: string): PoolEntry {
  const fields = (entry ?? {}) as Readonly<Record<string, unknown>>;
  const poolClass = fields["class"];
  const volumeGroup = fields["volumeGroup"];
  if (typeof poolClass !== "string") throw new Error(`${where}.class: a text is expected`);
  if (typeof volumeGroup !== "string") throw new Error(`${where}.volumeGroup: a text is expected`);
  const { thin } = fields;
  if (thin !== undefined && typeof thin !== "boolean")
    throw new Error(`${where}.thin: true or false is expected`);
  return { class: poolClass, volumeGroup, ...(thin === undefined ? {} : { thin }) };
}
