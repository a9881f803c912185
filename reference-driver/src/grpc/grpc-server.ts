// SPDX-License-Identifier: Apache-2.0
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { handleUnaryCall, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { log, messageOf } from "../support/log.ts";
import { codeOf } from "./csi-error.ts";

/** A service's methods by their lower-camel names, each from request to answer. */
export type Methods = Readonly<Record<string, (request: never) => Promise<object>>>;

/** A service to serve: its definition and what implements it. */
export interface Served {
  readonly definition: ServiceDefinition;
  readonly methods: Methods;
}

/** A server that listens; `stop` ends it within half a second. */
export interface RunningServer {
  stop(): Promise<void>;
}

/** Ids a log line may show. Names of fields, never their neighbours, as those can be secrets. */
const ID_FIELDS = ["volumeId", "snapshotId", "sourceVolumeId", "name"] as const;

const GRACE_MS = 500;

/** Serves on a UNIX socket; a socket file left by an earlier process is replaced. Methods not given answer UNIMPLEMENTED. */
export async function startServer(endpoint: string, services: readonly Served[]): Promise<RunningServer> {
  const socket = endpoint.replace(/^unix:(\/\/)?/, "");
  await mkdir(path.dirname(socket), { recursive: true });
  await rm(socket, { force: true });
  const server = new Server();
  for (const service of services) server.addService(service.definition, implement(service));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(new Error(`serving on ${socket}: ${error.message}`));
    });
  });
  log({ event: "serving", socket });
  return { stop: () => stopServer(server, socket) };
}

async function stopServer(server: Server, socket: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  await rm(socket, { force: true });
}

function implement(service: Served): UntypedServiceImplementation {
  const handlers: UntypedServiceImplementation = {};
  for (const [name, method] of Object.entries(service.methods)) handlers[name] = handlerOf(name, method);
  return handlers;
}

function handlerOf(
  name: string,
  method: (request: never) => Promise<object>,
): handleUnaryCall<object, object> {
  return (call, callback) => {
    const start = performance.now();
    const line = { method: name, id: idOf(call.request) };
    const elapsed = () => Math.round(performance.now() - start);
    const answering = Promise.resolve(call.request as never).then(method);
    answering.then(
      (answer) => {
        log({ ...line, code: "OK", ms: elapsed() });
        callback(null, answer);
      },
      (error: unknown) => {
        const code = codeOf(error);
        const details = messageOf(error);
        log({ ...line, code, ms: elapsed(), message: details });
        callback({ code: status[code], details });
      },
    );
  };
}

function idOf(request: object): string | undefined {
  const fields = request as Readonly<Record<string, unknown>>;
  const id = ID_FIELDS.map((field) => fields[field]).find(
    (value) => typeof value === "string" && value !== "",
  );
  return typeof id === "string" ? id : undefined;
}
