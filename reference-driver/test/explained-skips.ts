// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import path from "node:path";

const PAGE = path.join(import.meta.dirname, "../../docs/reference-stack.md");

/** Specs that csi-sanity skips for one reason, and why that is right. */
interface ExplainedSkip {
  readonly instance: string;
  /** In csi-sanity's words. */
  readonly reason: string;
  readonly specs: number;
}

/** The rows `| local | reason | number | why |` of the operator's page. */
export async function readExplainedSkips(instance: string, page = PAGE): Promise<ExplainedSkip[]> {
  const rows = (await readFile(page, "utf8")).matchAll(
    /^\| (local|zonal) \| ([^|]+) \| (\d+) \| [^|]+ \|$/gm,
  );
  return [...rows]
    .map(([, name = "", reason = "", specs]) => ({
      instance: name,
      reason: reason.trim(),
      specs: Number(specs),
    }))
    .filter((row) => row.instance === instance);
}

/** What the page and a run do not agree on, a sentence each. */
export function compareSkips(explained: readonly ExplainedSkip[], reasons: readonly string[]): string[] {
  const seen = new Map(
    [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]),
  );
  const known = new Map(explained.map(({ reason, specs }) => [reason, specs]));
  return [...new Set([...seen.keys(), ...known.keys()])]
    .filter((reason) => seen.get(reason) !== known.get(reason))
    .map(
      (reason) =>
        `"${reason}": ${String(seen.get(reason) ?? 0)} specs skipped, docs/reference-stack.md explains ${String(known.get(reason) ?? 0)}`,
    );
}
