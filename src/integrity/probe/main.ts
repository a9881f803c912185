// SPDX-License-Identifier: Apache-2.0
import { readFileSync, rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { planTree } from "../tree-plan.ts";
import { askLog, serveLog, startLogService } from "./log-service.ts";
import { readBlocks } from "./read-blocks.ts";
import { readLog } from "./read-log.ts";
import { readTree } from "./read-tree.ts";
import { measureSizes } from "./sizes.ts";
import { fill, mountOn, namesIn, overwrite, ownershipOf, tryWrite, writeText } from "./volume-files.ts";
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
    socket: { type: "string" },
    volume: { type: "string", multiple: true },
    until: { type: "string" },
    text: { type: "string" },
  },
});

/** Ends at once when asked: PID 1 has no default action for signals. */
function hold(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  setInterval(() => undefined, 2 ** 30);
}

/** Writes a log until it is told to stop; what it is asked and answers goes over a socket. */
function writeLog(): Promise<void> {
  return serveLog(text("socket"), { case: text("case"), volume: text("owner") }, values.volume ?? []);
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
  "start-log": () => startLogService([process.argv[1] ?? "", "write-log", ...process.argv.slice(3)]),
  "await-log": () => askLog(text("socket"), { until: number("until") }),
  "await-refusal": () => askLog(text("socket"), { refused: true }),
  "stop-log": () => askLog(text("socket"), { stop: true }),
  "read-log": () => readLog(text("path")),
  "mount-on": () => mountOn(text("path")),
  "try-write": () => tryWrite(text("path")),
  ownership: () => ownershipOf(text("path")),
  "write-text": () => writeText(text("path"), text("text")),
  overwrite: () => overwrite(text("path"), text("text")),
  "read-text": () => readFileSync(text("path"), "utf8"),
  "names-in": () => namesIn(text("path")),
  fill: () => fill(text("path")),
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
else if (command === "write-log") await writeLog();
else {
  const run = commands[command];
  if (run === undefined)
    throw new Error(
      `no such command: ${command}; there are hold, write-log, ${Object.keys(commands).join(", ")}`,
    );
  process.stdout.write(`${JSON.stringify(await run())}\n`);
}
