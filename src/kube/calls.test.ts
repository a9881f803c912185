// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKube } from "./kube-client.ts";
import { resources } from "./resources.ts";

let folder = "";
let server: Server;
let kubeconfig = "";

/** Something at the API server's address that never answers. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-calls-"));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  kubeconfig = join(folder, "config");
  const config = {
    clusters: [{ name: "c", cluster: { server: `http://127.0.0.1:${String(port)}` } }],
    users: [{ name: "u", user: {} }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  };
  await writeFile(kubeconfig, JSON.stringify(config));
});

afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "n" } };

test("a connection that breaks is told with what was tried and where", async () => {
  server.on("connection", (socket) => socket.destroy());
  await expect(openKube(kubeconfig, "test").create(resources.namespaces, namespace)).rejects.toMatchObject({
    code: "KUBE_UNREACHABLE",
    message: expect.stringMatching(
      /^create namespaces n: the API server at http:\/\/127\.0\.0\.1:\d+ does not answer: /,
    ) as string,
  });
});

test("a connection that is given up ends what waits on it, with the reason", async () => {
  const lost = new AbortController();
  const kube = openKube(kubeconfig, "test", { signal: lost.signal });
  const listing = kube.list(resources.nodes);
  lost.abort(new Error("the API server is lost"));
  await expect(listing).rejects.toThrow("the API server is lost");
  await expect(kube.list(resources.nodes)).rejects.toThrow("the API server is lost");
});
