// SPDX-License-Identifier: Apache-2.0
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExtender } from "./extender.ts";
import { serveExtender } from "./extender-server.ts";
import type { RunningExtender } from "./extender-server.ts";
import { InFlight } from "./in-flight.ts";
import { claimOf, clusterOf, podOf, storageOf } from "./objects-in-memory.ts";

let folder = "";
let running: RunningExtender;
let certificate = "";
let ready = true;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "seaworthy-test-"));
  const files = ["-keyout", path.join(folder, "key"), "-out", path.join(folder, "crt")];
  const name = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"];
  await promisify(execFile)("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...files, ...name]);
  certificate = await readFile(path.join(folder, "crt"), "utf8");
  const contents = { storages: [storageOf("n1", { available: 1024 })], claims: [claimOf("c")] };
  const view = { ...clusterOf(contents), changed: () => Promise.resolve() };
  running = await serveExtender({
    extender: createExtender({ view, inFlight: new InFlight(1), silenceMs: 60_000 }),
    certificate,
    key: await readFile(path.join(folder, "key"), "utf8"),
    host: "127.0.0.1",
    port: 0,
    ready: () => ready,
  });
});

afterAll(async () => {
  running.stop();
  await rm(folder, { recursive: true, force: true });
});

async function call(method: string, route: string, body?: string, ca: string | undefined = certificate) {
  const options = {
    method,
    host: "127.0.0.1",
    port: running.port,
    path: route,
    ...(ca === "" ? {} : { ca }),
  };
  return new Promise<{ status: number | undefined; body: unknown }>((resolve, reject) => {
    const sent = request(options, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode, body: JSON.parse(answer) }),
        reject,
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

describe("the extender's server, over TLS", () => {
  const args = JSON.stringify({ Pod: podOf("c"), NodeNames: ["n1", "n2"] });

  it("answers filter in kube-scheduler's own names", async () => {
    expect(await call("POST", "/scheduler/filter", args)).toEqual({
      status: 200,
      body: {
        NodeNames: ["n1"],
        FailedAndUnresolvableNodes: { n2: "no pool of class standard of local.seaworthy.dev" },
      },
    });
  });

  it("answers prioritize", async () => {
    const { body } = await call("POST", "/scheduler/prioritize", args);
    expect(body).toEqual([
      { Host: "n1", Score: 9 },
      { Host: "n2", Score: 0 },
    ]);
  });

  it("shows its cache", async () => {
    expect((await call("GET", "/cache")).body).toMatchObject({ pools: [{ node: "n1" }], assumed: [] });
  });

  it.each([
    ["no JSON", "{", 400],
    ["whole nodes instead of names", JSON.stringify({ Pod: podOf("c"), Nodes: {} }), 400],
  ])("refuses %s", async (_words, body, status) => {
    expect((await call("POST", "/scheduler/filter", body)).status).toBe(status);
  });

  it("knows nothing else", async () => {
    expect((await call("GET", "/scheduler/bind")).status).toBe(404);
  });

  it("says that it is not ready as long as it would have to guess", async () => {
    ready = false;
    expect((await call("POST", "/scheduler/filter", args)).status).toBe(503);
    ready = true;
    expect((await call("GET", "/healthz")).status).toBe(200);
  });

  it("is not believed without its certificate", async () => {
    await expect(call("GET", "/healthz", undefined, "")).rejects.toThrow(/self.signed/);
  });
});
