// SPDX-License-Identifier: Apache-2.0
import { createInterface } from "node:readline";
import { PassThrough, type Readable, Writable } from "node:stream";
import { KitError, toError } from "../support/errors.ts";

/** Where a program is to be run. */
export interface ExecPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What the API server says about a program's end (`metav1.Status`). */
interface ExecStatus {
  readonly status?: string | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly details?:
    { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] } | undefined;
}

/** A program's streams, over one connection. */
interface ExecStreams {
  readonly stdin: Readable | null;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly onStatus: (status: ExecStatus) => void;
}

/** Connects streams to a program in a pod: the client library's part. */
export type Connect = (
  place: ExecPlace,
  argv: readonly string[],
  streams: ExecStreams,
) => Promise<{ onclose: unknown; close(): void }>;

/** A pod's program that ended. */
export interface PodExecEnd {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly status: ExecStatus;
}

/** A program in a pod that is told lines and answers with lines. */
export interface PodConversation {
  readonly tell: (line: string) => void;
  readonly close: () => void;
}

/** What is heard of a program in a pod. */
export interface PodListener {
  readonly onLine: (line: string) => void;
  /** Once, when it has ended or cannot be heard any more. */
  readonly onEnd: (reason: Error) => void;
}

/** A program to be run in a pod; the signal ends it. */
export interface PodProgram {
  readonly place: ExecPlace;
  readonly argv: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end. @throws KitError `POD_EXEC` when it could not be run */
export async function execOnce(connect: Connect, program: PodProgram): Promise<PodExecEnd> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const { promise, resolve, reject } = Promise.withResolvers<ExecStatus>();
  const streams = { stdin: null, stdout, stderr, onStatus: resolve };
  const close = await open(connect, program, streams, reject);
  try {
    const status = await promise;
    return { stdout: stdout.bytes(), stderr: stderr.bytes(), status };
  } finally {
    close();
  }
}

/** Starts a program that lives as long as the conversation. @throws KitError `POD_EXEC` when it could not be started */
export async function converse(
  connect: Connect,
  program: PodProgram,
  { onLine, onEnd }: PodListener,
): Promise<PodConversation> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new Collector()];
  createInterface({ input: stdout }).on("line", onLine);
  const onStatus = ({ message = "ended" }: ExecStatus): void => {
    const said = stderr.bytes().toString("utf8");
    onEnd(new KitError("POD_EXEC", `${whereOf(program.place)}: ${message} ${said}`.trimEnd()));
  };
  const close = await open(connect, program, { stdin, stdout, stderr, onStatus }, onEnd);
  return { tell: (line) => void stdin.write(`${line}\n`), close };
}

/** Opens a program's streams; gives back what closes them. */
async function open(
  connect: Connect,
  { place, argv, signal }: PodProgram,
  streams: ExecStreams,
  onLoss: (reason: Error) => void,
): Promise<() => void> {
  signal?.throwIfAborted();
  const socket = await connect(place, argv, streams).catch((thrown: unknown) => {
    throw new KitError("POD_EXEC", `${whereOf(place)}: ${reasonOf(thrown)}`, { cause: thrown });
  });
  socket.onclose = () => {
    onLoss(new KitError("POD_EXEC", `${whereOf(place)}: the connection closed before the program ended`));
  };
  const stop = (): void => {
    onLoss(toError(signal?.reason));
    socket.close();
  };
  signal?.addEventListener("abort", stop, { once: true });
  return () => {
    signal?.removeEventListener("abort", stop);
    socket.close();
  };
}

/** Keeps what is written to it. */
class Collector extends Writable {
  readonly #parts: Buffer[] = [];

  override _write(part: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#parts.push(part);
    done();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

function whereOf({ namespace, pod }: ExecPlace): string {
  return `exec in pod ${namespace}/${pod}`;
}

/** What a WebSocket that does not open rejects with is an event, not an Error; its words are in `message`. */
function reasonOf(thrown: unknown): string {
  const isEvent = typeof thrown === "object" && thrown !== null && "message" in thrown;
  return isEvent ? String(thrown.message) : String(thrown);
}
