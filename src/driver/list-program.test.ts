// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import {
  type handleUnaryCall,
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  status,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { afterEach, expect, test } from "vitest";
import { exec } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";

const proto = join(packageRoot, "proto/csi.proto");
const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Call = handleUnaryCall<{ startingToken: string }, object>;

/** A controller plug-in that has only these calls; its socket. */
async function serve(calls: Readonly<Record<string, Call>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-list-"));
  const loaded = loadPackageDefinition(loadSync(proto));
  const { Controller } = (loaded["csi"] as unknown as { v1: Record<string, ServiceClientConstructor> }).v1;
  if (Controller === undefined) throw new Error("no Controller service");
  const server = new Server();
  server.addService(Controller.service, calls);
  await promisify(server.bindAsync.bind(server))(
    `unix://${folder}/csi.sock`,
    ServerCredentials.createInsecure(),
  );
  closers.push(
    () => server.forceShutdown(),
    () => rm(folder, { recursive: true }),
  );
  return `${folder}/csi.sock`;
}

function list(socket: string) {
  const program = join(packageRoot, "src/driver/list-program.ts");
  return exec([process.execPath, program, proto, socket, "unused"], { allowFailure: true });
}

const pages: Readonly<Record<string, object>> = {
  "": {
    entries: [
      { volume: { volumeId: "a", accessibleTopology: [{ segments: { zone: "east" } }] } },
      { volume: { volumeId: "b" } },
    ],
    nextToken: "2",
  },
  "2": { entries: [{ volume: { volumeId: "c" } }], nextToken: "" },
};

test("all pages are listed, and a call the driver does not have is told apart from an empty list", async () => {
  const socket = await serve({
    ListVolumes: (call, answer) => answer(null, pages[call.request.startingToken]),
  });
  const { stdout } = await list(socket);
  const volumes = [
    { id: "a", segments: { zone: "east" } },
    { id: "b", segments: null },
    { id: "c", segments: null },
  ];
  expect(JSON.parse(stdout)).toEqual({ volumes, snapshots: null });
});

test("a driver that fails is not a driver without volumes", async () => {
  const socket = await serve({
    ListVolumes: (_call, answer) => answer({ code: status.INTERNAL, details: "no back end" }),
  });
  const { exitCode, stderr } = await list(socket);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("no back end");
});
