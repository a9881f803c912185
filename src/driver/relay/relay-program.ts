// SPDX-License-Identifier: Apache-2.0
// The relay's container: `serve LISTEN TARGET`; and, run beside it, `rules JSON`, `calls`, `until METHOD COUNT`.
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createRelay } from "./relay-server.ts";
import { RuleBook, type RelayedCall, type RelayRule } from "./rule.ts";

const folder = "/tmp";
const rulesFile = `${folder}/relay-rules.json`;
const callsFile = `${folder}/relay-calls.ndjson`;

const [command = "", ...parameters] = process.argv.slice(2);

function calls(): RelayedCall[] {
  if (!existsSync(callsFile)) return [];
  const lines = readFileSync(callsFile, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as RelayedCall);
}

function serve([listen = "", target = ""]: readonly string[]): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  const rules = new RuleBook();
  // A container that starts again starts without rules.
  for (const file of [listen, rulesFile, callsFile]) rmSync(file, { force: true });
  const watcher = watch(folder, (_event, name) => {
    if (name === "relay-rules.json" && existsSync(rulesFile)) {
      rules.replace(JSON.parse(readFileSync(rulesFile, "utf8")) as RelayRule[]);
      watcher.emit("rules");
    }
  });
  const seen = (call: RelayedCall): void => appendFileSync(callsFile, `${JSON.stringify(call)}\n`);
  createRelay({ target, rules, seen, changed: () => once(watcher, "rules") }).listen(listen);
}

function setRules([json = "[]"]: readonly string[]): void {
  writeFileSync(`${rulesFile}.new`, json);
  renameSync(`${rulesFile}.new`, rulesFile);
}

/** Ends when the relay has seen so many calls of a method. */
async function until([method = "", count = "1"]: readonly string[]): Promise<void> {
  const watcher = watch(folder);
  while (calls().filter((call) => call.method === method).length < Number(count))
    await once(watcher, "change");
  watcher.close();
}

if (command === "serve") serve(parameters);
else if (command === "rules") setRules(parameters);
else if (command === "until") await until(parameters);
else if (command === "calls") process.stdout.write(`${JSON.stringify(calls())}\n`);
else throw new Error(`no such command: ${command}`);
