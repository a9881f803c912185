// SPDX-License-Identifier: Apache-2.0
import { type Document, type LineCounter, type Pair, isAlias, isMap, isNode, isScalar, isSeq } from "yaml";

/** Where in a parsed YAML file the value at a path stands. */
export class YamlPositions {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** The 1-based line of the key or list item at the path; of its nearest ancestor when it does not exist. */
  lineOf(path: readonly PropertyKey[]): number {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node) ?? 0;
    for (const key of path) {
      const next = child(isAlias(node) ? node.resolve(this.#document) : node, key);
      if (next === undefined) break;
      offset = offsetOf(next.at) ?? offset;
      node = next.value;
    }
    return this.lineAt(offset);
  }

  lineAt(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }
}

function child(node: unknown, key: PropertyKey): { at: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return item === undefined ? undefined : { at: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (item: Pair) => String(isScalar(item.key) ? item.key.value : item.key) === String(key),
  );
  return pair === undefined ? undefined : { at: pair.key, value: pair.value };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
