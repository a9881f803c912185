// SPDX-License-Identifier: Apache-2.0
import { readArguments } from "./commands.ts";
import { serveLog } from "./log-service.ts";
import { serve } from "./serve.ts";

const argv = process.argv.slice(2);

/** Ends at once when asked: PID 1 has no default action for signals. */
function hold(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  setInterval(() => undefined, 2 ** 30);
}

/** Writes a log until it is told to stop; what it is asked and answers goes over a socket. */
function writeLog(): Promise<void> {
  const { text, values } = readArguments(argv);
  return serveLog(text("socket"), { case: text("case"), volume: text("owner") }, values.volume ?? []);
}

const [command = ""] = argv;
if (command === "hold") hold();
else if (command === "write-log") await writeLog();
else if (command === "serve") serve(process.stdin, process.stdout);
else throw new Error(`no such command: ${command}; there are hold, serve, write-log`);
