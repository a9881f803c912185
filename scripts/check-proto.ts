// SPDX-License-Identifier: Apache-2.0
// Compares proto/*.proto with the specifications' own files, taken from their Go modules: a field we name must exist
// in one of them with the same number, type and label; a method we name must have the same request and response.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import protobuf from "protobufjs";
import descriptor from "protobufjs/google/protobuf/descriptor.json" with { type: "json" };

interface Pair {
  readonly ours: string;
  /** Releases of the specification: what one took out another still has. */
  readonly modules: readonly string[];
  readonly file: string;
}

const PAIRS: readonly Pair[] = [
  {
    ours: "csi.proto",
    modules: ["v1.12.0", "v1.13.0"].map(
      (version) => `github.com/container-storage-interface/spec@${version}`,
    ),
    file: "csi.proto",
  },
  {
    ours: "pluginregistration.proto",
    modules: ["k8s.io/kubelet@v0.36.3"],
    file: "pkg/apis/pluginregistration/v1/api.proto",
  },
];

/** One line per field, enum value and method, keyed by its full name. */
function describe(namespace: protobuf.NamespaceBase, into = new Map<string, string>()): Map<string, string> {
  for (const item of namespace.nestedArray) {
    if (item instanceof protobuf.Type) describeType(item, into);
    else if (item instanceof protobuf.Enum) describeEnum(item, into);
    else if (item instanceof protobuf.Service) describeService(item, into);
    if (item instanceof protobuf.Namespace) describe(item, into);
  }
  return into;
}

function describeType(type: protobuf.Type, into: Map<string, string>): void {
  into.set(type.fullName, "message");
  for (const field of type.fieldsArray) {
    const key = field instanceof protobuf.MapField ? `map<${field.keyType}>` : "";
    const kind = field.resolvedType?.fullName ?? field.type;
    const label = field.repeated ? "repeated" : "single";
    const oneof = field.partOf?.name ?? "-";
    into.set(`${type.fullName}.${field.name}`, `${String(field.id)} ${key}${kind} ${label} oneof ${oneof}`);
  }
}

function describeEnum(item: protobuf.Enum, into: Map<string, string>): void {
  for (const [name, value] of Object.entries(item.values))
    into.set(`${item.fullName}.${name}`, `value ${String(value)}`);
}

function describeService(service: protobuf.Service, into: Map<string, string>): void {
  for (const method of service.methodsArray) {
    const streams = `${String(method.requestStream ?? false)}/${String(method.responseStream ?? false)}`;
    into.set(
      `${service.fullName}.${method.name}`,
      `${method.resolvedRequestType?.fullName ?? "?"} -> ${method.resolvedResponseType?.fullName ?? "?"} streams ${streams}`,
    );
  }
}

async function parse(file: string): Promise<Map<string, string>> {
  const root = new protobuf.Root();
  root.addJSON(descriptor.nested);
  protobuf.parse(await readFile(file, "utf8"), root, { keepCase: true });
  for (const common of ["google/protobuf/timestamp.proto", "google/protobuf/wrappers.proto"]) {
    const json = protobuf.common.get(common);
    if (json?.nested) root.addJSON(json.nested);
  }
  root.resolveAll();
  return describe(root);
}

async function moduleFolder(module: string): Promise<string> {
  const { stdout } = await execa("go", ["mod", "download", "-json", module]);
  const answer = JSON.parse(stdout) as { Dir?: string; Error?: string };
  if (answer.Dir === undefined)
    throw new Error(`go mod download ${module}: ${answer.Error ?? "no folder in the answer"}`);
  return answer.Dir;
}

async function compare(pair: Pair): Promise<{ checked: number; faults: string[] }> {
  const ours = await parse(path.join(import.meta.dirname, "..", "proto", pair.ours));
  const theirs = await Promise.all(
    pair.modules.map(async (module) => parse(path.join(await moduleFolder(module), pair.file))),
  );
  const own = [...ours].filter(([name]) => !name.startsWith(".google."));
  const faults = own
    .filter(([name, line]) => !theirs.some((one) => one.get(name) === line))
    .map(
      ([name, line]) =>
        `${pair.ours}: ${name}: ours "${line}", ${pair.modules.join(", ")} "${theirs.map((one) => one.get(name) ?? "nothing").join(", ")}"`,
    );
  if (own.length === 0) faults.push(`${pair.ours}: nothing to compare was found in it`);
  return { checked: own.length, faults };
}

const results = await Promise.all(PAIRS.map(compare));
for (const [index, result] of results.entries()) {
  process.stdout.write(
    `${PAIRS[index]?.ours ?? ""}: ${String(result.checked)} definitions compared, ${String(result.faults.length)} differ\n`,
  );
}
const faults = results.flatMap((result) => result.faults);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
