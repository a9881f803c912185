// SPDX-License-Identifier: Apache-2.0
import type { ConformanceReport, ImageRef, NodeInfo } from "../model.ts";
import { type Content, type Markup, html } from "./escape.ts";
import { table } from "./table.ts";

/** Where the driver was checked, and with which bits. */
export function environmentPart({ driver, environment, nodes, run }: ConformanceReport): Markup {
  const facts: readonly (readonly [string, Content])[] = [
    ["Driver", [link(driver.url, `${driver.name} ${driver.vendorVersion}`), ` by ${driver.organization}`]],
    ["Kubernetes", environment.kubernetes],
    ["Kernel", `${environment.kernel}, cgroup ${environment.cgroupVersion}`],
    ["Provider", `${environment.provider}, shape ${environment.shape}`],
    ["Images", environment.images],
    ["Volume activation", environment.activation],
    ["Command", html`<code>${run.reproduce}</code>`],
    ...(run.shards === undefined ? [] : [["Shards", shards(run.shards)] as const]),
    ...(run.shards?.ran ?? []).flatMap(({ index, lost }) =>
      lost === undefined ? [] : [[`Shard ${String(index)}`, begunAnew(lost)] as const],
    ),
  ];
  return html`<dl class="pairs">
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd> `,
      )}
    </dl>
    <h3 class="minor">Nodes</h3>
    ${nodesTable(nodes)}
    <h3 class="minor">Images that ran</h3>
    ${imagesTable(driver.images, environment.sidecarImages)}`;
}

function shards({ of, ran }: NonNullable<ConformanceReport["run"]["shards"]>): string {
  return `${ran.map(({ index }) => String(index)).join(", ")} of ${String(of)}`;
}

function begunAnew(lost: readonly string[]): string {
  return `begun anew ${lost.length === 1 ? "once" : `${String(lost.length)} times`}, none of its cases counts twice: ${lost.join("; ")}`;
}

function nodesTable(nodes: readonly NodeInfo[]): Markup {
  const rows = nodes.map(
    (node) =>
      html`<tr>
        <th scope="row">${node.name}</th>
        <td>${node.controlPlane ? "control plane" : "worker"}</td>
        <td>${node.zone ?? "–"}</td>
        <td>${node.rack ?? "–"}</td>
        <td>${node.pools.map((pool) => `${pool.class} ${gibibytes(pool.bytes)}`).join(", ") || "–"}</td>
      </tr>`,
  );
  return table("Nodes", ["Node", "Role", "Zone", "Rack", "Pools"], rows);
}

function imagesTable(driver: readonly ImageRef[], sidecars: readonly ImageRef[]): Markup {
  const row = (part: string, { name, digest }: ImageRef): Markup =>
    html`<tr>
      <th scope="row"><code>${name}</code></th>
      <td>${part}</td>
      <td><code>${digest ?? "digest not known"}</code></td>
    </tr>`;
  const rows = [
    ...driver.map((image) => row("driver", image)),
    ...sidecars.map((image) => row("sidecar", image)),
  ];
  return table("Images that ran", ["Image", "Part", "Digest"], rows);
}

function link(url: string, text: string): Content {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : text;
}

function gibibytes(bytes: number): string {
  return `${String(Math.round((bytes / 2 ** 30) * 10) / 10)} GiB`;
}
