// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { KubeClient } from "../../kube/kube-client.ts";
import { removeWorkerSites } from "./worker-sites.ts";

/** A cluster in which these namespaces hold workers; those that are asked to go are gone at the next look. */
function clusterWith(names: readonly string[]): { kube: KubeClient; calls: string[] } {
  const calls: string[] = [];
  const left = new Set(names);
  const kube = new KubeClient({
    call: ({ method, path, query }) => {
      calls.push(`${method} ${path} ${String(query?.["labelSelector"] ?? "")}`.trim());
      if (method === "DELETE") left.delete(path.split("/").at(-1) ?? "");
      const names = path.endsWith("/jobs") ? ["beside"] : [...left];
      const items = names.map((name) => ({ metadata: { name } }));
      return Promise.resolve(JSON.stringify({ items, metadata: { resourceVersion: "1" } }));
    },
    watch: () => Promise.resolve(),
    exec: () => Promise.reject(new Error("not asked")),
    converse: () => Promise.reject(new Error("not asked")),
  });
  return { kube, calls };
}

test("the workers of one driver are removed, Jobs before namespaces, and it is waited until they are gone", async () => {
  const { kube, calls } = clusterWith(["seaworthy-run-a", "seaworthy-run-b"]);
  expect(await removeWorkerSites(kube, "d.example.dev")).toEqual(["seaworthy-run-a", "seaworthy-run-b"]);
  const list = "GET /api/v1/namespaces seaworthy.dev/workers-for=d.example.dev";
  expect([calls[0], calls.at(-1)]).toEqual([list, list]);
  for (const site of ["seaworthy-run-a", "seaworthy-run-b"])
    expect(calls.filter((call) => call.endsWith(site) || call.includes(`${site}/`))).toEqual([
      `GET /apis/batch/v1/namespaces/${site}/jobs`,
      `DELETE /apis/batch/v1/namespaces/${site}/jobs/beside`,
      `DELETE /api/v1/namespaces/${site}`,
    ]);
});

test("where there are none, nothing is asked for but that", async () => {
  const { kube, calls } = clusterWith([]);
  expect(await removeWorkerSites(kube, "d.example.dev")).toEqual([]);
  expect(calls).toHaveLength(1);
});
