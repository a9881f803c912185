// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectEvidence } from "./evidence.ts";
import { openKube } from "./kube-client.ts";

const secret = "hunter2-hunter2";
const since = new Date("2026-11-21T05:40:00Z");
let folder = "";
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-evidence-"));
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true });
});

const pod = {
  metadata: { name: "node-x", namespace: "csi" },
  spec: { containers: [{ name: "driver", image: "i" }] },
  status: { containerStatuses: [{ name: "driver", restartCount: 1 }] },
};

const log = `2026-11-21T05:40:12.1Z <script>alert(1)</script> token=${secret}
2026-11-21T05:40:13.0Z {"method":"createVolume","id":"pvc-1","code":"OK","ms":12}
`;

function event(at: string, message: string): object {
  return {
    metadata: { creationTimestamp: at },
    lastTimestamp: at,
    type: "Warning",
    reason: "R",
    message,
    involvedObject: { kind: "Pod", name: "writer" },
  };
}

/** What an API server answers, by path; everything else is an empty list. */
const answers: Readonly<Record<string, object | string>> = {
  "/api/v1/namespaces/sw-1/events": {
    items: [event("2026-11-21T05:39:00Z", "too early"), event("2026-11-21T05:40:10Z", `Bearer ${secret}`)],
  },
  "/api/v1/namespaces/sw-1/pods": {
    items: [
      {
        metadata: { name: "writer", managedFields: [1] },
        spec: { containers: [{ env: [{ name: "DB_PASSWORD", value: secret }] }] },
      },
    ],
  },
  "/api/v1/namespaces/csi/pods": { items: [pod] },
  "/api/v1/namespaces/csi/pods/node-x/log": log,
  "/api/v1/namespaces/csi/pods/node-x/log?previous": "2026-11-21T05:40:01.0Z panic: before the restart\n",
  "/api/v1/nodes": {
    items: [
      {
        metadata: { name: "n1", labels: { "topology.kubernetes.io/zone": "a", other: "x" } },
        spec: { unschedulable: true },
        status: {
          conditions: [
            { type: "Ready", status: "True" },
            { type: "DiskPressure", status: "False" },
          ],
        },
      },
    ],
  },
  "/apis/storage.k8s.io/v1/csinodes": {
    items: [
      {
        metadata: { name: "n1" },
        spec: { drivers: [{ name: "d.csi", nodeID: "n1", topologyKeys: ["zone"] }] },
      },
    ],
  },
};

async function collect(answer: Readonly<Record<string, object | string>> = answers): Promise<string[]> {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://x");
    const found = answer[`${pathname}${searchParams.get("previous") === "true" ? "?previous" : ""}`];
    if (found === undefined && pathname.startsWith("/apis/apps")) response.writeHead(403);
    response.end(typeof found === "string" ? found : JSON.stringify({ metadata: {}, items: [], ...found }));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    "current-context": "c",
    clusters: [
      {
        name: "c",
        cluster: { server: `http://127.0.0.1:${String(port)}`, "insecure-skip-tls-verify": true },
      },
    ],
    users: [{ name: "u", user: {} }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
  };
  await writeFile(join(folder, "kubeconfig"), JSON.stringify(config));
  return collectEvidence(openKube(join(folder, "kubeconfig"), "seaworthy/test"), {
    namespace: "sw-1",
    logs: [{ namespace: "csi" }],
    since,
    reproduce: "seaworthy certify --case a/b",
    directory: join(folder, "evidence"),
  });
}

const kept = (name: string): Promise<string> => readFile(join(folder, "evidence", name), "utf8");

test("events, objects, nodes, calls, logs before and after a restart, and the command are kept", async () => {
  expect(await collect()).toEqual([
    "events.txt",
    "grpc-calls.txt",
    "logs/node-x.driver.log",
    "logs/node-x.driver.previous.log",
    "nodes.txt",
    "objects.json",
    "rerun.txt",
  ]);
  expect(await kept("nodes.txt")).toBe(
    "n1\n  Ready=True cordoned\n  topology.kubernetes.io/zone=a\n  CSI drivers: d.csi (zone)\n",
  );
  expect(await kept("rerun.txt")).toBe("seaworthy certify --case a/b\n");
  expect(await kept("grpc-calls.txt")).toMatch(
    /^2026-11-21T05:40:13\.0Z node-x\.driver \{"method":"createVolume"/,
  );
  expect(await kept("logs/node-x.driver.previous.log")).toContain("panic: before the restart");
});

test("events before the case are left out, and so are fields nobody reads", async () => {
  await collect();
  expect(await kept("events.txt")).toBe("2026-11-21T05:40:10Z Warning Pod/writer R: Bearer [redacted]\n");
  expect(await kept("objects.json")).not.toContain("managedFields");
});

test("no secret is in any file, and what is not one stays as it was said", async () => {
  for (const name of await collect()) expect(await kept(name)).not.toContain(secret);
  expect(await kept("logs/node-x.driver.log")).toContain("<script>alert(1)</script> token=[redacted]");
  expect(await kept("objects.json")).toContain('"name": "DB_PASSWORD"');
});

test("of a long log the end is kept, from the beginning of a line, and the cut is said", async () => {
  const long = `${"2026-11-21T05:40:12.1Z noise noise noise\n".repeat(20_000)}2026-11-21T05:41:00.0Z the end\n`;
  await collect({ ...answers, "/api/v1/namespaces/csi/pods/node-x/log": long });
  const text = await kept("logs/node-x.driver.log");
  expect(text.length).toBeLessThan(270_000);
  expect(text).toMatch(/^\[\d+ characters before this are left out\]\n2026-11-21T05:40:12\.1Z noise/);
  expect(text).toMatch(/the end\n$/);
});

test("what cannot be had is written down as such, and the rest is kept", async () => {
  await collect({ ...answers, "/api/v1/nodes": "no JSON" });
  expect(await kept("nodes.txt")).toMatch(/^could not be collected: /);
  expect(await kept("events.txt")).toContain("Warning");
});
