// SPDX-License-Identifier: Apache-2.0
// Measures what the project set itself as goals of speed and size, says it and keeps it; asserts nothing.
// `--cluster <name>` measures on a cluster that is up instead, `--copy <name>` with a copy of the driver there.
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { whyNoPool } from "../../reference-driver/test/temporary-pool.ts";
import { runFolder } from "../../src/cli/run-folder.ts";
import { benchCluster } from "./bench-cluster.ts";
import { benchDriver } from "./bench-driver.ts";
import { figureLine, histogram, isMet, type Figure } from "./figures.ts";

/** Figures, and the times that a histogram is drawn of. */
interface Bench {
  readonly figures: readonly Figure[];
  readonly times: { readonly of: string; readonly ms: readonly number[] };
}

const { values } = parseArgs({ options: { cluster: { type: "string" }, copy: { type: "string" } } });
const started = Date.now();
const load = { before: loadavg()[0] ?? 0, after: 0 };
const { figures, times } = await (values.cluster === undefined
  ? withoutCluster()
  : onCluster(values.cluster, values.copy));
load.after = loadavg()[0] ?? 0;

say([...figures.map(figureLine), "", `${times.of}:`, ...histogram(times.ms, "ms")]);
const folder = runFolder(started, "bench");
const file = join(folder, "bench.json");
const machine = { cpus: cpus().length, load };
const judged = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
await mkdir(folder, { recursive: true });
await writeFile(file, `${JSON.stringify({ machine, figures: judged, times }, null, 2)}\n`);
say([
  "",
  `load of ${String(machine.cpus)} cores: ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after`,
  file,
]);

async function withoutCluster(): Promise<Bench> {
  const reason = await whyNoPool();
  if (reason !== undefined) throw new Error(`the driver cannot be measured here: ${reason}`);
  const { figures: found, createMs } = await benchDriver();
  return { figures: found, times: { of: "CreateVolume, 1 GiB", ms: createMs } };
}

async function onCluster(cluster: string, copy: string | undefined): Promise<Bench> {
  const { figures: found, readyMs } = await benchCluster({ cluster, copy });
  return { figures: found, times: { of: "claim created to pod Ready", ms: readyMs } };
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
