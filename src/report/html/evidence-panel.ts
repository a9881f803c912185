// SPDX-License-Identifier: Apache-2.0
import { type Content, type Markup, html, relativeLink } from "./escape.ts";

/** As much of an evidence file as the page shows. */
export interface EvidenceText {
  readonly text: string;
  /** Bytes of the file that come before it and are not shown. */
  readonly skipped: number;
}

/** Texts of evidence files by their paths beside the report. */
export type EvidenceTexts = ReadonlyMap<string, EvidenceText>;

/** What is read first stands first; the rest follows by name. */
const order = ["events.txt", "grpc-calls.txt", "nodes.txt", "rerun.txt"];

const names: Readonly<Record<string, string>> = {
  "events.txt": "Events",
  "grpc-calls.txt": "gRPC calls",
  "nodes.txt": "Nodes",
  "objects.json": "Objects",
  "rerun.txt": "How to run it again",
};

/** Kept evidence: each file with its text folded under its name, and a link to the file itself. */
export function evidencePanel(paths: readonly string[], texts: EvidenceTexts): Markup | undefined {
  if (paths.length === 0) return undefined;
  return html`<h4>Evidence</h4>
    <div class="evidence">
      ${paths.toSorted(byImportance).map((path) => evidenceFile(path, texts.get(path)))}
    </div>`;
}

function evidenceFile(path: string, found: EvidenceText | undefined): Content {
  const file = path.split("/").at(-1) ?? path;
  const title = names[file] ?? (path.includes("/logs/") ? `Log of ${file.replace(/\.log$/, "")}` : file);
  const href = relativeLink(path);
  const link =
    href === undefined ? html`<code>${path}</code>` : html`<a href="${href}"><code>${path}</code></a>`;
  if (found === undefined) return html`<p class="file">${title} ${link}</p>`;
  const { text, skipped } = found;
  return html`<details class="file">
    <summary>${title} <span class="legend">${lines(text)}</span></summary>
    <p class="legend">
      ${link}${skipped > 0 && `: its last part; ${String(Math.ceil(skipped / 1024))} KiB before it are in the file only`}
    </p>
    <pre class="log" tabindex="0" role="region" aria-label="${title}">${text}</pre>
  </details>`;
}

function lines(text: string): string {
  const count = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return `${String(count)} ${count === 1 ? "line" : "lines"}`;
}

function byImportance(a: string, b: string): number {
  const rank = (path: string): number => {
    const at = order.findIndex((name) => path.endsWith(`/${name}`));
    return at === -1 ? order.length : at;
  };
  return rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true });
}
