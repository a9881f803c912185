// SPDX-License-Identifier: Apache-2.0
import { loadCatalogue } from "../catalogue/load.ts";
import type { MutantInfo } from "../catalogue/mutant.ts";
import { buildReport } from "../report/build-report.ts";
import { tabulatePromises } from "../report/feature-rows.ts";
import type { CaseResult } from "../report/model.ts";
import type { DriverPreparation } from "./driver-deployment.ts";
import { needCluster } from "./driver-state.ts";
import { findEnvironment } from "./find-environment.ts";
import { kitCommit } from "./kit-commit.ts";
import { kitVersion } from "./kit-version.ts";
import { proveAgain } from "./proof-again.ts";
import { writeReportFiles } from "./write-report-files.ts";

/** What the cases found in a broken driver, as its developer would see it. */
export interface ProofFindings {
  readonly mutant: MutantInfo;
  readonly asked: readonly string[];
  readonly cases: CaseResult[];
  readonly startedAt: number;
  readonly folder: string;
}

/** Writes the report of a mutant's run beside its results. */
export async function writeProofReport(
  state: DriverPreparation,
  { mutant, asked, cases, startedAt, folder }: ProofFindings,
): Promise<void> {
  const { cluster, kube } = needCluster(state);
  const { profile } = state;
  const report = buildReport({
    kit: {
      version: await kitVersion(),
      commit: await kitCommit(),
      catalogueHash: (await loadCatalogue()).hash,
    },
    ...(await findEnvironment({ cluster, kube, facts: state.facts, profile })),
    run: {
      startedAt: new Date(startedAt).toISOString(),
      durationMs: Date.now() - startedAt,
      reproduce: proveAgain(state, mutant.slug),
      selection: { cases: [...asked], features: [] },
    },
    cases,
    promises: tabulatePromises({ claimed: profile.spec.features, announced: undefined }),
  });
  await writeReportFiles(report, folder);
}
