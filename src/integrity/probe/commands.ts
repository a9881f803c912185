// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { planTree } from "../tree-plan.ts";
import { askLog, startLogService } from "./log-service.ts";
import { readBlocks } from "./read-blocks.ts";
import { readLog } from "./read-log.ts";
import { readTree } from "./read-tree.ts";
import { measureSizes } from "./sizes.ts";
import { fill, mountOn, namesIn, overwrite, ownershipOf, tryWrite, writeText } from "./volume-files.ts";
import { writeBlocks } from "./write-blocks.ts";
import { writeTree } from "./write-tree.ts";

const options = {
  path: { type: "string" },
  case: { type: "string" },
  owner: { type: "string" },
  generation: { type: "string" },
  count: { type: "string" },
  "first-sequence": { type: "string" },
  limit: { type: "string" },
  socket: { type: "string" },
  volume: { type: "string", multiple: true },
  until: { type: "string" },
  text: { type: "string" },
} as const;

/** A command's arguments, read. */
type Arguments = ReturnType<typeof readArguments>;

/** @param argv a command's name and its options */
export function readArguments(argv: readonly string[]) {
  const { values } = parseArgs({ args: argv.slice(1), options });
  const text = (name: keyof typeof values): string => {
    const value = values[name];
    if (typeof value !== "string") throw new Error(`--${name} is missing`);
    return value;
  };
  const number = (name: keyof typeof values): number => {
    const value = Number(text(name));
    if (!Number.isSafeInteger(value) || value < 0)
      throw new Error(`--${name} is not a whole number: ${text(name)}`);
    return value;
  };
  return { argv, values, text, number };
}

const commands: Readonly<Record<string, (given: Arguments) => unknown>> = {
  /** Says that the probe is there. */
  ping: () => ({}),
  "write-blocks": ({ text, number }) =>
    writeBlocks(text("path"), {
      case: text("case"),
      volume: text("owner"),
      generation: number("generation"),
      count: number("count"),
      firstSequence: number("first-sequence"),
    }),
  "read-blocks": ({ text, number, values }) =>
    readBlocks(text("path"), values.limit === undefined ? undefined : number("limit")),
  "write-tree": ({ text, number }) =>
    writeTree(text("path"), planTree(text("case"), text("owner"), number("generation"))),
  "read-tree": ({ text }) => readTree(text("path")),
  "start-log": ({ argv }) => startLogService([process.argv[1] ?? "", "write-log", ...argv.slice(1)]),
  "await-log": ({ text, number }) => askLog(text("socket"), { until: number("until") }),
  "await-refusal": ({ text }) => askLog(text("socket"), { refused: true }),
  "stop-log": ({ text }) => askLog(text("socket"), { stop: true }),
  "read-log": ({ text }) => readLog(text("path")),
  "mount-on": ({ text }) => mountOn(text("path")),
  "try-write": ({ text }) => tryWrite(text("path")),
  ownership: ({ text }) => ownershipOf(text("path")),
  "write-text": ({ text }) => writeText(text("path"), text("text")),
  overwrite: ({ text }) => overwrite(text("path"), text("text")),
  "read-text": ({ text }) => readFileSync(text("path"), "utf8"),
  "names-in": ({ text }) => namesIn(text("path")),
  fill: ({ text }) => fill(text("path")),
  sizes: ({ text }) => measureSizes(text("path")),
};

/** Does what a command asks for and gives what it found. @throws Error in the words of the volume or file system */
export function runCommand(argv: readonly string[]): unknown {
  const run = commands[argv[0] ?? ""];
  if (run === undefined)
    throw new Error(`no such command: ${argv[0] ?? ""}; there are ${Object.keys(commands).join(", ")}`);
  return run(readArguments(argv));
}
