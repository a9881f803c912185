// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { killMatrixFile } from "../../report/attest/statement.ts";
import { mergeReports } from "../../report/merge.ts";
import { KitError } from "../../support/errors.ts";
import { exitCodeOfVerdict } from "../exit-codes.ts";
import { printOutcome } from "../print-outcome.ts";
import { copyEvidence, openShard, type OpenShard } from "../open-shard.ts";
import { expectNoEarlierRun } from "../report-folder.ts";
import { readSealing } from "../sealing.ts";
import { signReport } from "../sign-report.ts";
import { addTrustOptions, readTrust, type TrustOptions } from "../trust.ts";
import { writeReportFiles } from "../write-report-files.ts";

interface MergeOptions extends TrustOptions {
  readonly out: string;
  readonly signKey?: string;
  readonly signKeyless?: boolean;
}

export function mergeCommand(): Command {
  const command = new Command("merge")
    .description(
      "Join the reports of the shards of one run, with their evidence, and judge all results together. Each is verified first.",
    )
    .argument("<reports...>", "folders that certify --shard wrote, or the report.json in them")
    .requiredOption("--out <folder>", "where the merged report goes")
    .option("--sign-key <file>", "sign the merged report with this private key (PEM; Ed25519 or ECDSA P-256)")
    .option(
      "--sign-keyless",
      "sign the merged report as the identity that the CI vouches for, through Sigstore",
    );
  return addTrustOptions(command, "every shard").addHelpText("after", examples).action(merge);
}

const examples = `
Examples:
  seaworthy report merge shard-1 shard-2 shard-3 --out report
Exit codes: those of certify · 3 a shard is damaged, is there twice, or belongs to another run`;

async function merge(paths: readonly string[], options: MergeOptions): Promise<void> {
  const trust = await readTrust(options);
  const sealing = await readSealing(options);
  await expectNoEarlierRun(options.out);
  const [first, second, ...rest] = await Promise.all(paths.map((path) => openShard(path, trust)));
  if (first === undefined || second === undefined)
    throw new KitError("MERGE_ALONE", "merge reports: one report alone is not merged", { kind: "usage" });
  const killMatrix = sharedKillMatrix([first, second, ...rest]);
  const report = mergeReports([first, second, ...rest]);

  const folder = resolve(options.out);
  await mkdir(folder, { recursive: true, mode: 0o750 });
  for (const shard of [first, second, ...rest]) await copyEvidence(shard, folder);
  const files = await writeReportFiles(report, folder, {
    ...sealing,
    ...(killMatrix === undefined ? {} : { killMatrix }),
  });
  printOutcome(report, files);
  if (sealing.signKeyless === true) await signReport(folder);
  process.exitCode = exitCodeOfVerdict(report.verdict);
}

/** The proof stands beside the merged report when all shards bring the same. */
function sharedKillMatrix(shards: readonly [OpenShard, ...OpenShard[]]): string | undefined {
  const hashes = new Set(shards.map(({ killMatrix }) => killMatrix));
  if (hashes.size > 1)
    throw new KitError("MERGE_MIXTURE", "merge reports: their kill matrices differ, or some have none", {
      kind: "usage",
      hint: "Give every shard the same --kill-matrix.",
    });
  return hashes.has(undefined) ? undefined : join(shards[0].folder, killMatrixFile);
}
