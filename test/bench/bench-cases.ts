// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exec } from "../../src/support/exec.ts";
import { packageRoot } from "../../src/support/paths.ts";
import type { BenchTarget } from "./bench-cluster.ts";
import type { Figure } from "./figures.ts";

/** Cases that do what cases of Kubernetes' external storage tests do, and more. */
const CASES = [
  { id: "snapshot/restore-keeps-the-moment", name: "restore after its source changed", atMost: 9 },
  { id: "snapshot/clones-share-nothing", name: "clone", atMost: 6 },
];

/** How long cases take that have the cluster to themselves. */
export async function benchCases({ cluster, copy }: BenchTarget): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { id, name, atMost } of CASES) {
    const out = await mkdtemp(join(tmpdir(), "seaworthy-bench-"));
    const target = ["--driver", "reference", "--cluster", cluster, "--keep", "--out", out, "--case", id];
    const flags = [...target, ...(copy === undefined ? [] : ["--copy", copy])];
    await exec([process.execPath, join(packageRoot, "bin/seaworthy.js"), "certify", "--yes", ...flags]);
    const report = JSON.parse(await readFile(join(out, "report.json"), "utf8")) as {
      cases: { id: string; outcome: string; durationMs: number }[];
    };
    await rm(out, { recursive: true });
    const done = report.cases.find((one) => one.id === id);
    if (done?.outcome !== "passed") throw new Error(`${id} did not pass: nothing to measure`);
    const how = `case ${id}, its clean-up included, alone on the cluster`;
    figures.push({ name, value: done.durationMs / 1000, unit: "s", goal: { atMost }, how });
  }
  return figures;
}
