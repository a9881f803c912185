// SPDX-License-Identifier: Apache-2.0
import type { RunInfo } from "../report/model.ts";
import type { CertificationRequest, CertificationScope } from "./certification-request.ts";

/** What the report says of a run. @param shards how several workers split it */
export function describeRun(
  { certifyFlags, scope, inCluster }: CertificationRequest,
  time: { readonly startedAt: string; readonly durationMs: number },
  shards: RunInfo["shards"],
): RunInfo {
  const { selection, shard } = scope;
  const own = shard && {
    of: shard.of,
    planned: shard.planned,
    ran: [{ index: shard.index, ...time }],
  };
  const ran = own ?? shards;
  const flags = inCluster === undefined ? certifyFlags : `${certifyFlags} ${inCluster.flags}`;
  return {
    ...time,
    reproduce: `seaworthy certify ${flags}${scopeFlags(scope)}`,
    ...(selection === undefined ? {} : { selection }),
    ...(ran === undefined ? {} : { shards: ran }),
  };
}

/** Command that runs one case again, which `{case}` stands for. */
export function rerunCommand(certifyFlags: string): string {
  return `seaworthy certify --case {case} ${certifyFlags} --keep`;
}

function scopeFlags({ selection, shard }: CertificationScope): string {
  return [
    ...(selection?.cases ?? []).map((name) => ` --case ${name}`),
    ...(selection?.features ?? []).map((name) => ` --feature ${name}`),
    ...(shard === undefined ? [] : [` --shard ${String(shard.index)}/${String(shard.of)}`]),
  ].join("");
}
