// SPDX-License-Identifier: Apache-2.0
import type { ConformanceReport, ImageRef, NodeInfo } from "../model.ts";
import { type Content, type Markup, html } from "./escape.ts";

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
  ];
  return html`<dl class="pairs">
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <h4>Nodes</h4>
    ${nodesTable(nodes)}
    <h4>Images that ran</h4>
    ${imagesTable([...driver.images, ...environment.sidecarImages])}`;
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
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Role</th>
          <th scope="col">Zone</th>
          <th scope="col">Rack</th>
          <th scope="col">Pools</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function imagesTable(images: readonly ImageRef[]): Markup {
  const rows = images.map(
    ({ name, digest }) =>
      html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td><code>${digest ?? "digest not known"}</code></td>
      </tr>`,
  );
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th scope="col">Image</th>
          <th scope="col">Digest</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function link(url: string, text: string): Content {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : text;
}

function gibibytes(bytes: number): string {
  return `${String(Math.round((bytes / 2 ** 30) * 10) / 10)} GiB`;
}
