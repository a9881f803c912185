// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askRegistries, registryAddress } from "./registries.ts";

beforeEach(() => {
  for (const name of ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"]) vi.stubEnv(name, "");
});

afterEach(() => void vi.unstubAllEnvs());

test.for([
  ["docker.io", "index.docker.io", 443],
  ["registry.k8s.io", "registry.k8s.io", 443],
  ["mirror.example:8443", "mirror.example", 8443],
  ["127.0.0.1:5000", "127.0.0.1", 5000],
  ["localhost", "localhost", 80],
] as const)("%s is %s port %s", ([registry, host, port]) => {
  expect(registryAddress(registry)).toEqual({ host, port });
});

test("Where nothing takes a connection, no client is made", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  const port = typeof address === "object" ? String(address?.port) : "";
  const reference = `127.0.0.1:${port}/a/b:v1@sha256:${"0".repeat(64)}`;
  const answers = await askRegistries([reference], () => Promise.reject(new Error("a client was made")));
  expect(answers.answering).toEqual([]);
  expect(answers.silent.get(reference)).toContain("ECONNREFUSED");
});
