// SPDX-License-Identifier: Apache-2.0
import { poolBytes } from "../harness/pool-bytes.ts";
import { runSuites } from "../harness/run.ts";
import type { ConformanceReport } from "../report/model.ts";
import type { CertificationRequest } from "./certification-request.ts";
import { rerunCommand } from "./describe-run.ts";
import { type DriverState, needCluster, needKitImage, needProbe } from "./driver-state.ts";
import type { InClusterFound } from "./in-cluster/join-workers.ts";
import { runInCluster } from "./in-cluster/run-in-cluster.ts";
import { caseProgress } from "./progress-cases.ts";

interface RunPlace {
  readonly kit: Pick<ConformanceReport["kit"], "version" | "commit">;
  readonly runDirectory: string;
  readonly print: (line: string) => void;
}

/** Runs the cases here, or in pods of the cluster. */
export async function runCases(
  state: DriverState,
  request: CertificationRequest,
  { kit, runDirectory, print }: RunPlace,
): Promise<InClusterFound> {
  const { profile, signal, part } = state;
  const { cluster, kube } = needCluster(state);
  const { certifyFlags, inCluster, catalogueHash, caseIds, scope } = request;
  if (inCluster === undefined) {
    const cases = await runSuites({
      ...{ profile, runDirectory, signal, poolBytes: request.poolBytes, runId: part?.runId },
      rerun: rerunCommand(certifyFlags),
      cluster: cluster.name,
      probeImage: needProbe(state),
      caseFilter: caseIds,
      kitVersion: kit.version,
      onProgress: caseProgress(print),
    });
    return { cases, shards: undefined };
  }
  const pools = await poolBytes(cluster, profile.spec.pools);
  const order = {
    ...{ catalogueHash, certifyFlags, kitVersion: kit.version, commit: kit.commit },
    ...(scope.selection === undefined ? {} : { selection: scope.selection }),
    ...(pools === undefined ? {} : { poolBytes: pools / inCluster.workers }),
  };
  const kitImage = needKitImage(state);
  return runInCluster({
    ...inCluster,
    ...{ cluster, kube, profile, kitImage, runDirectory, order, signal, print },
  });
}
