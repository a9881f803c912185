// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Journal } from "../journal.ts";
import { openCluster } from "../open.ts";
import { joinCluster, leaveCluster, nodeOf } from "./join-cluster.ts";

let folder = "";
let close: () => void = () => undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-join-"));
  vi.stubEnv("XDG_STATE_HOME", folder);
});

afterEach(async () => {
  close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const node = (name: string, labels: Readonly<Record<string, string>>, spec: object = {}) => ({
  metadata: { name, uid: name, creationTimestamp: "", labels },
  spec,
  status: { conditions: [{ type: "Ready", status: "True" }] },
});

/** An API server that knows its version and two nodes; path of a kubeconfig with two contexts. */
async function serve(status = 200): Promise<string> {
  const nodes = [
    node("cp", {}, { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] }),
    node("worker", { "topology.kubernetes.io/zone": "a", "example.dev/rack": "r1" }),
  ];
  const server = createServer((request, response) => {
    const body =
      request.url === "/version"
        ? { gitVersion: "v1.36.9" }
        : { items: nodes, metadata: { resourceVersion: "1" } };
    response.statusCode = status;
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  const cluster = { server: `http://127.0.0.1:${String(port)}`, "insecure-skip-tls-verify": true };
  const file = join(folder, "given");
  const config = {
    clusters: [
      { name: "c", cluster },
      { name: "other", cluster: { server: "http://127.0.0.1:1" } },
    ],
    users: [
      { name: "u", user: { token: "secret-of-u" } },
      { name: "v", user: { token: "secret-of-v" } },
    ],
    contexts: [
      { name: "wrong", context: { cluster: "other", user: "v" } },
      { name: "right", context: { cluster: "c", user: "u" } },
    ],
    "current-context": "wrong",
  };
  await writeFile(file, JSON.stringify({ apiVersion: "v1", kind: "Config", ...config }));
  return file;
}

test("a joined cluster is described by its nodes, reaches none of them, and leaving it leaves nothing", async () => {
  const kubeconfig = await serve();
  const joined = await joinCluster(
    { kubeconfig, context: "right", rackLabel: "example.dev/rack" },
    () => undefined,
  );
  expect(joined).toMatchObject({
    provider: "existing",
    canReachNodes: false,
    kubernetesVersion: "v1.36.9",
    nodes: [
      { name: "cp", controlPlane: true, pools: [] },
      { name: "worker", controlPlane: false, zone: "a", rack: "r1", pools: [] },
    ],
  });
  const own = await readFile(joined.kubeconfig, "utf8");
  expect(own).toContain("secret-of-u");
  expect(own).not.toContain("secret-of-v");
  expect((await stat(joined.kubeconfig)).mode & 0o777).toBe(0o600);
  const again = await openCluster(joined.name);
  await expect(again.exec("worker", ["true"])).rejects.toMatchObject({
    code: "NODE_EXEC_DENIED",
    kind: "usage",
  });
  expect((await new Journal(joined.name).entries()).map(({ kind }) => kind)).toEqual(["folder"]);
  await leaveCluster(joined.name, () => undefined);
  await expect(stat(joined.kubeconfig)).rejects.toThrow("ENOENT");
  expect(await Journal.all()).toEqual([]);
});

test("a cluster that refuses to be read leaves nothing on this host", async () => {
  const kubeconfig = await serve(403);
  await expect(
    joinCluster({ kubeconfig, context: "right", rackLabel: "r" }, () => undefined),
  ).rejects.toMatchObject({ code: "KUBE_API", details: { status: 403 } });
  expect(await Journal.all()).toEqual([]);
});

test("a context that is not there is named with those that are", async () => {
  const kubeconfig = await serve();
  await expect(
    joinCluster({ kubeconfig, context: "rigth", rackLabel: "r" }, () => undefined),
  ).rejects.toMatchObject({ code: "CONTEXT_UNKNOWN", kind: "usage", hint: "there are wrong, right" });
  expect(await Journal.all()).toEqual([]);
});

test("a node that takes no pods is none that cases can use", () => {
  const closed = node("n", {}, { unschedulable: true });
  expect(nodeOf(closed, "r")).toEqual({ name: "n", controlPlane: true });
});
