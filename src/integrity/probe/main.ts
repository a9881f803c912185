// SPDX-License-Identifier: Apache-2.0
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { planTree } from "../tree-plan.ts";
import { readBlocks } from "./read-blocks.ts";
import { readTree } from "./read-tree.ts";
import { measureSizes } from "./sizes.ts";
import { writeBlocks } from "./write-blocks.ts";
import { writeTree } from "./write-tree.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    path: { type: "string" },
    case: { type: "string" },
    owner: { type: "string" },
    generation: { type: "string" },
    count: { type: "string" },
    "first-sequence": { type: "string" },
    limit: { type: "string" },
  },
});

/** Ends at once when asked: PID 1 has no default action for signals. */
function hold(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  setInterval(() => undefined, 2 ** 30);
}

const commands: Readonly<Record<string, () => unknown>> = {
  "write-blocks": () =>
    writeBlocks(text("path"), {
      case: text("case"),
      volume: text("owner"),
      generation: number("generation"),
      count: number("count"),
      firstSequence: number("first-sequence"),
    }),
  "read-blocks": () => readBlocks(text("path"), values.limit === undefined ? undefined : number("limit")),
  "write-tree": () => writeTree(text("path"), planTree(text("case"), text("owner"), number("generation"))),
  "read-tree": () => readTree(text("path")),
  "remove-tree": () => {
    rmSync(text("path"), { recursive: true, force: true });
    return {};
  },
  sizes: () => measureSizes(text("path")),
};

function text(name: keyof typeof values): string {
  const value = values[name];
  if (typeof value !== "string") throw new Error(`--${name} is missing`);
  return value;
}

function number(name: keyof typeof values): number {
  const value = Number(text(name));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`--${name} is not a whole number: ${text(name)}`);
  return value;
}

const [command = ""] = positionals;
if (command === "hold") hold();
else {
  const run = commands[command];
  if (run === undefined)
    throw new Error(`no such command: ${command}; there are hold, ${Object.keys(commands).join(", ")}`);
  process.stdout.write(`${JSON.stringify(run())}\n`);
}
