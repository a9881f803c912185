// SPDX-License-Identifier: Apache-2.0
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { killMatrixFile } from "../report/attest/statement.ts";
import { reportFile, type Trust, verifyReport } from "../report/attest/verify.ts";
import type { ShardReport } from "../report/merge.ts";
import { KitError } from "../support/errors.ts";
import { readReportFolder, resolveReportFolder } from "./report-folder.ts";

/** A shard that was checked, and where it is. */
export interface OpenShard extends ShardReport {
  readonly folder: string;
  /** SHA-256 of its kill matrix, when it has one. */
  readonly killMatrix: string | undefined;
}

/**
 * Reads a shard's report and checks that it is whole.
 * @throws KitError `REPORT_DAMAGED` of kind `usage`
 */
export async function openShard(path: string, trust: Trust): Promise<OpenShard> {
  const folder = await resolveReportFolder(path);
  const found = await readReportFolder(folder);
  const { problems, report } = verifyReport(found, trust);
  if (problems.length > 0 || report === undefined)
    throw new KitError("REPORT_DAMAGED", `merge ${path}: ${problems.join("; ")}`, {
      kind: "usage",
      hint: `\`seaworthy report verify ${path}\` lists what is wrong with it.`,
    });
  const hashOf = (name: string): string | undefined => found.files.find((file) => file.path === name)?.sha256;
  return { folder, name: path, report, sha256: hashOf(reportFile) ?? "", killMatrix: hashOf(killMatrixFile) };
}

/** Case ids are unique over all shards, so no file meets another. */
export async function copyEvidence({ folder, report }: OpenShard, to: string): Promise<void> {
  for (const path of report.cases.flatMap(({ evidence }) => evidence))
    await cp(join(folder, path), join(to, path), { recursive: false, errorOnExist: true, force: false });
}
