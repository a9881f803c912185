// SPDX-License-Identifier: Apache-2.0
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, expect, test } from "vitest";
import { openKube, type KubeClient } from "./kube-client.ts";
import type { PersistentVolumeClaim } from "./objects.ts";
import { resources } from "./resources.ts";
import { untilObject, type Look } from "./watch.ts";

/** Answers one list or watch on the wire; a script of them is what a server may do. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const folder = mkdtempSync(join(tmpdir(), "seaworthy-watch-"));
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function serve(script: readonly Answer[]): Promise<{ kube: KubeClient; requests: string[] }> {
  const requests: string[] = [];
  server = createServer((request, response) => {
    const answer = script[requests.length] ?? ((_request, last) => void last.writeHead(200).flushHeaders());
    requests.push(`${request.headers["user-agent"] ?? ""} ${new URL(request.url ?? "", "http://x").search}`);
    answer(request, response);
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
  writeFileSync(join(folder, "kubeconfig"), JSON.stringify(config));
  return { kube: openKube(join(folder, "kubeconfig"), "seaworthy/test::case"), requests };
}

function claim(phase: string): unknown {
  return { metadata: { name: "a", namespace: "n", uid: "u" }, spec: {}, status: { phase } };
}
const list =
  (version: string, ...items: unknown[]): Answer =>
  (_request, response) =>
    void response.end(JSON.stringify({ metadata: { resourceVersion: version }, items }));
const events =
  (...sent: [type: string, object: unknown][]): Answer =>
  (_request, response) =>
    void response.end(sent.map(([type, object]) => `${JSON.stringify({ type, object })}\n`).join(""));
const refuse =
  (status: number): Answer =>
  (_request, response) =>
    void response
      .writeHead(status)
      .end(JSON.stringify({ kind: "Status", reason: "Expired", message: "too old" }));
const hangUp: Answer = (request) => void request.socket.destroy();
const silence: Answer = (_request, response) => void response.writeHead(200).flushHeaders();

const look = (seen: PersistentVolumeClaim | undefined): Look<string> => {
  const phase = seen?.status?.phase;
  return phase === "Bound" ? { done: true, value: phase } : { done: false, seen: phase ?? "no such claim" };
};
const waitBound = (kube: KubeClient, timeout = 5000, signal?: AbortSignal): Promise<string> =>
  untilObject(
    kube,
    { resource: resources.claims, namespace: "n", name: "a" },
    { what: "claim a to be Bound", named: "t", timeout, signal },
    look,
  );

test("What is already so needs no watch, and every call is named", async () => {
  const { kube, requests } = await serve([list("5", claim("Bound"))]);
  expect(await waitBound(kube)).toBe("Bound");
  expect(requests).toEqual(["seaworthy/test::case ?fieldSelector=metadata.name%3Da"]);
});

test("A watch goes on from the list and ends with the event that was awaited", async () => {
  const { kube, requests } = await serve([
    list("5"),
    events(["ADDED", claim("Pending")], ["BOOKMARK", {}], ["MODIFIED", claim("Bound")]),
  ]);
  expect(await waitBound(kube)).toBe("Bound");
  expect(requests[1]).toContain("seaworthy/test::case");
  expect(requests[1]).toContain("resourceVersion=5");
});

test.each<[string, Answer]>([
  ["an expired event", events(["ERROR", { kind: "Status", code: 410 }])],
  ["an expired answer", refuse(410)],
  ["a broken connection", hangUp],
  ["the server's own end", events()],
])("After %s it begins again from a new list", async (_what, answer) => {
  const { kube, requests } = await serve([list("5", claim("Pending")), answer, list("9", claim("Bound"))]);
  expect(await waitBound(kube)).toBe("Bound");
  expect(requests).toHaveLength(3);
});

test("An object that is deleted is seen as gone", async () => {
  const { kube } = await serve([list("5", claim("Bound")), events(["DELETED", claim("Bound")])]);
  const gone = untilObject(
    kube,
    { resource: resources.claims, namespace: "n", name: "a" },
    { what: "a to be gone", named: "t", timeout: 5000 },
    (seen) => (seen === undefined ? { done: true, value: "gone" } : { done: false, seen: "there" }),
  );
  expect(await gone).toBe("gone");
});

test("A time-out says what was awaited, how long, and what was last seen", async () => {
  const { kube } = await serve([list("5", claim("Pending")), silence]);
  await expect(waitBound(kube, 3000)).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: "waited 3.0 s for claim a to be Bound; last seen: Pending",
    details: { named: "t", seen: "Pending" },
  });
});

test("A signal ends the wait with its own reason", async () => {
  const { kube } = await serve([list("5", claim("Pending")), silence]);
  await expect(waitBound(kube, 5000, AbortSignal.timeout(100))).rejects.toMatchObject({
    name: "TimeoutError",
  });
});

test("Events that come during a slow look share the next one", async () => {
  const many = Array.from({ length: 50 }, (): [string, unknown] => ["MODIFIED", claim("Pending")]);
  const { kube } = await serve([list("5", claim("Pending")), events(...many, ["MODIFIED", claim("Bound")])]);
  let looks = 0;
  const slowly = async (seen: PersistentVolumeClaim | undefined): Promise<Look<string>> => {
    looks += 1;
    await delay(5);
    return look(seen);
  };
  const target = { resource: resources.claims, namespace: "n", name: "a" };
  const wait = { what: "claim a to be Bound", named: "t", timeout: 5000 };
  expect(await untilObject(kube, target, wait, slowly)).toBe("Bound");
  expect(looks).toBeLessThan(10);
});

test("What the look throws ends the wait", async () => {
  const { kube } = await serve([list("5", claim("Lost"))]);
  const wait = { what: "a", named: "t", timeout: 5000 };
  const waiting = untilObject(kube, { resource: resources.claims, namespace: "n", name: "a" }, wait, () => {
    throw new Error("Lost for ever");
  });
  await expect(waiting).rejects.toThrow("Lost for ever");
});

test("A refused call names what was tried, and the API's status and reason", async () => {
  const { kube } = await serve([refuse(403)]);
  await expect(kube.get(resources.claims, { namespace: "n", name: "a" })).rejects.toMatchObject({
    code: "KUBE_API",
    message: "get persistentvolumeclaims n/a: 403 Expired: too old",
  });
});

test("A call that was cut off is repeated, an object that is not there is undefined", async () => {
  const { kube, requests } = await serve([hangUp, refuse(404)]);
  expect(await kube.find(resources.claims, { namespace: "n", name: "a" })).toBeUndefined();
  expect(requests).toHaveLength(2);
});
