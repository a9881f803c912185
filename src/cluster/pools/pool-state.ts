// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import type { RunningCluster } from "../provider.ts";
import type { DriverPool } from "./driver-pool.ts";

/** Extents of the physical volume that belong to nothing: `length` of them from `start` on. */
export interface FreeRun {
  readonly start: number;
  readonly length: number;
}

/** A volume group as LVM on its node tells it; sizes in bytes. */
export interface GroupState {
  readonly volumeGroup: string;
  readonly devices: readonly string[];
  readonly extentBytes: number;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** By start. */
  readonly freeRuns: readonly FreeRun[];
}

const whole = z.string().regex(/^\d+$/).transform(Number);

const groups = z.object({
  report: z.tuple([
    z.object({ vg: z.tuple([z.object({ vg_extent_size: whole, vg_size: whole, vg_free: whole })]) }),
  ]),
});

const segments = z.object({
  report: z.tuple([
    z.object({
      pvseg: z.array(
        z.object({ pv_name: z.string(), pvseg_start: whole, pvseg_size: whole, segtype: z.string() }),
      ),
    }),
  ]),
});

const report = ["--reportformat", "json", "--units", "b", "--nosuffix"] as const;

/** Runs an LVM program on a node, with the LVM configuration that shows it the pool. */
export async function runLvm(
  cluster: RunningCluster,
  node: string,
  pool: Pick<DriverPool, "lvmFolder">,
  argv: readonly [string, ...string[]],
): Promise<string> {
  const environment = [`LVM_SYSTEM_DIR=${pool.lvmFolder}`, "LVM_SUPPRESS_FD_WARNINGS=1"];
  const { stdout } = await cluster.exec(node, ["env", ...environment, ...argv], { timeout: 60_000 });
  return stdout;
}

/** Reads a volume group of a node. @throws KitError when LVM fails; ZodError when it answers something else */
export async function readGroup(
  cluster: RunningCluster,
  node: string,
  pool: DriverPool,
): Promise<GroupState> {
  const { volumeGroup } = pool;
  const fields = "pv_name,pvseg_start,pvseg_size,segtype";
  const select = `vg_name=${volumeGroup}`;
  const [figures, pieces] = await Promise.all([
    runLvm(cluster, node, pool, ["vgs", ...report, "-o", "vg_extent_size,vg_size,vg_free", volumeGroup]),
    runLvm(cluster, node, pool, ["pvs", ...report, "--segments", "-o", fields, "-S", select]),
  ]);
  const [{ vg }] = groups.parse(JSON.parse(figures)).report;
  const [{ pvseg }] = segments.parse(JSON.parse(pieces)).report;
  return {
    volumeGroup,
    devices: [...new Set(pvseg.map((piece) => piece.pv_name))].sort(),
    extentBytes: vg[0].vg_extent_size,
    totalBytes: vg[0].vg_size,
    freeBytes: vg[0].vg_free,
    freeRuns: pvseg
      .filter((piece) => piece.segtype === "free")
      .map((piece) => ({ start: piece.pvseg_start, length: piece.pvseg_size }))
      .sort((a, b) => a.start - b.start),
  };
}
