// SPDX-License-Identifier: Apache-2.0

/** Which devices of which nodes a class's volume groups are made of: one entry of the `devices` parameter. */
export interface DeviceChoice {
  /** Names of nodes; with none, all that have the labels. */
  readonly names: readonly string[];
  /** Labels a node must all have; with none, all nodes. */
  readonly labels: Readonly<Record<string, string>>;
  /** Absolute paths below /dev. */
  readonly paths: readonly string[];
}

/**
 * Reads the StorageClass parameter `devices`: a JSON list of
 * `{"nodes": {"names": ["n1"], "labels": {"disks": "fast"}}, "paths": ["/dev/sdb"]}`, where `nodes` may be left out.
 * @throws Error that names the field, what was found and what was expected
 */
export function parseDevices(text: string): DeviceChoice[] {
  const content = parseJson(text);
  if (!Array.isArray(content)) throw new Error("devices: a list is expected");
  return content.map((entry: unknown, index) => readChoice(entry, `devices[${String(index)}]`));
}

/** The paths chosen for a node, each once, in the order they are written. */
export function pathsFor(
  choices: readonly DeviceChoice[],
  node: string,
  labels: Readonly<Record<string, string>>,
): string[] {
  const chosen = choices.filter(
    (choice) =>
      (choice.names.length === 0 || choice.names.includes(node)) &&
      Object.entries(choice.labels).every(([key, value]) => labels[key] === value),
  );
  return [...new Set(chosen.flatMap((choice) => choice.paths))];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`devices: JSON is expected: ${String(error)}`, { cause: error });
  }
}

function readChoice(entry: unknown, where: string): DeviceChoice {
  const { nodes = {}, paths, ...rest } = objectAt(entry, where);
  refuseUnknown(rest, where);
  const { names = [], labels = {}, ...others } = objectAt(nodes, `${where}.nodes`);
  refuseUnknown(others, `${where}.nodes`);
  if (!isTexts(names)) throw new Error(`${where}.nodes.names: a list of node names is expected`);
  const pairs = objectAt(labels, `${where}.nodes.labels`);
  if (!isTexts(Object.values(pairs))) throw new Error(`${where}.nodes.labels: texts are expected`);
  if (!isTexts(paths) || paths.length === 0 || !paths.every((path) => /^\/dev\/[^\s"|]+$/.test(path)))
    throw new Error(`${where}.paths: a list of paths below /dev is expected, found ${JSON.stringify(paths)}`);
  return { names, labels: pairs as Record<string, string>, paths };
}

function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error(`${where}: an object is expected`);
}

function refuseUnknown(rest: object, where: string): void {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Error(`${where}.${unknown}: no such field`);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
