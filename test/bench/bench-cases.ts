// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exec } from "../../src/support/exec.ts";
import { packageRoot } from "../../src/support/paths.ts";
import type { BenchTarget } from "./bench-cluster.ts";
import type { Figure } from "./figures.ts";

/**
 * Cases that do in their first steps what tests of Kubernetes' external storage suite do, and then more: those steps, the
 * namespace and the clean-up are what can be compared.
 */
const CASES = [
  { id: "snapshot/restore-keeps-the-moment", name: "restore after its source changed", steps: 5, atMost: 9 },
  { id: "snapshot/clones-share-nothing", name: "clone", steps: 3, atMost: 6 },
];

/** How long cases take that have the cluster to themselves. */
export async function benchCases({ cluster, copy }: BenchTarget): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { id, name, steps, atMost } of CASES) {
    const out = await mkdtemp(join(tmpdir(), "seaworthy-bench-"));
    const target = ["--driver", "reference", "--cluster", cluster, "--keep", "--out", out, "--case", id];
    const flags = [...target, ...(copy === undefined ? [] : ["--copy", copy])];
    await exec([process.execPath, join(packageRoot, "bin/seaworthy.js"), "certify", "--yes", ...flags]);
    const report = JSON.parse(await readFile(join(out, "report.json"), "utf8")) as {
      cases: { id: string; outcome: string; durationMs: number; steps: { durationMs: number }[] }[];
    };
    await rm(out, { recursive: true });
    const done = report.cases.find((one) => one.id === id);
    if (done?.outcome !== "passed") throw new Error(`${id} did not pass: nothing to measure`);
    const more = done.steps.slice(steps).reduce((sum, { durationMs }) => sum + durationMs, 0);
    const whole = `case ${id}, its clean-up included, alone on the cluster`;
    const how = `the first ${String(steps)} of ${String(done.steps.length)} steps of ${whole}`;
    figures.push(
      {
        name: `${name}, as upstream's test`,
        value: (done.durationMs - more) / 1000,
        unit: "s",
        goal: { atMost },
        how,
      },
      { name: `${name}, all we ask`, value: done.durationMs / 1000, unit: "s", how: whole },
    );
  }
  return figures;
}
