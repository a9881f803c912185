// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { LogProgress, RecordLog } from "../record-log.ts";
import { LogWriter } from "./log-writer.ts";

/** What is asked of a writer: wait for so many records, or for the volume to refuse one, or stop. */
type LogQuestion = { readonly until: number } | { readonly refused: true } | { readonly stop: true };

type LogAnswer = LogProgress | { readonly error: string };

/** Starts a writer that outlives this process and resolves when it writes. @param argv what it is called with */
export async function startLogService(argv: readonly string[]): Promise<object> {
  // No stream of this process may stay with it: whoever runs a program in a pod waits until all have ended.
  const child = spawn(process.execPath, argv, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  child.stderr.on("data", (part: Buffer) => said.push(part.toString()));
  // One line says that it listens; without any it has ended.
  const [end] = (await Promise.race([once(child.stdout, "data"), once(child, "close")])) as unknown[];
  if (typeof end === "number")
    throw new Error(`the log's writer ended with exit code ${String(end)}: ${said.join("")}`);
  child.stdout.destroy();
  child.stderr.destroy();
  child.unref();
  return {};
}

/** Writes a log and answers questions on a Unix socket until it is told to stop. */
export async function serveLog(
  socket: string,
  log: Omit<RecordLog, "members">,
  paths: readonly string[],
): Promise<void> {
  const writer = await LogWriter.start(log, paths);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    void answer(writer, client).then((stopped) => {
      if (stopped) server.close();
    });
  });
  server.listen(socket);
  await once(server, "listening");
  process.stdout.write("listening\n");
  await once(server, "close");
}

async function answer(writer: LogWriter, client: Socket): Promise<boolean> {
  const question = JSON.parse(await text(client)) as LogQuestion;
  const reply: LogAnswer = await ask(writer, question).catch((thrown: unknown) => ({
    error: String(thrown),
  }));
  client.end(JSON.stringify(reply));
  return "stop" in question;
}

function ask(writer: LogWriter, question: LogQuestion): Promise<LogProgress> {
  if ("stop" in question) return writer.stop();
  return "refused" in question ? writer.untilRefused() : writer.until(question.until);
}

/** Asks the writer of this pod. @throws Error with the words of the volume when a write failed */
export async function askLog(socket: string, question: LogQuestion): Promise<LogProgress> {
  const client = connect({ path: socket, allowHalfOpen: true });
  client.end(JSON.stringify(question));
  const reply = JSON.parse(await text(client)) as LogAnswer;
  if ("error" in reply) throw new Error(reply.error);
  return reply;
}
