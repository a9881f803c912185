// SPDX-License-Identifier: Apache-2.0
import { buildReport, type ReportParts } from "./build-report.ts";
import { tabulatePromises } from "./feature-rows.ts";
import type { CaseResult, ConformanceReport, NodeInfo, Placement } from "./model.ts";

const digest = (seed: string): string => `sha256:${seed.repeat(64).slice(0, 64)}`;

const workers = ["a", "b", "c"].flatMap((zone, index) =>
  [1, 2].map((rack): NodeInfo => {
    const number = index * 2 + rack;
    return {
      name: `sw-three-zones-worker${number === 1 ? "" : String(number)}`,
      controlPlane: false,
      region: "region-1",
      zone: `zone-${zone}`,
      rack: `rack-${zone}${String(rack)}`,
      pools: [{ class: "standard", bytes: 4 * 2 ** 30 }],
    };
  }),
);

/** The seven nodes of clusters/three-zones.yaml. */
export const sampleNodes: NodeInfo[] = [
  { name: "sw-three-zones-control-plane", controlPlane: true, pools: [] },
  ...workers,
];

/** Pod and disk at one moment, all witnesses agreeing unless told otherwise. */
export function samplePlacement(moment: string, worker: number, changes: Partial<Placement> = {}): Placement {
  const node = workers[worker - 1];
  if (node === undefined) throw new RangeError(`no worker ${String(worker)}`);
  return {
    moment,
    pod: "writer",
    claim: "data",
    volumeHandle: `sw-${String(worker)}f3a9c`,
    podNode: node.name,
    affinity: [
      { key: "kubernetes.io/hostname", values: [node.name] },
      { key: "topology.kubernetes.io/zone", values: [node.zone ?? ""] },
      { key: "topology.seaworthy.dev/rack", values: [node.rack ?? ""] },
    ],
    selectedNode: node.name,
    backEndNode: node.name,
    ...changes,
  };
}

/** A passed case; everything else is a change to it. */
export function sampleCase(changes: Partial<CaseResult> = {}): CaseResult {
  const id = changes.id ?? "placement/disk-follows-pod";
  return {
    id,
    title: "With delayed binding a volume is cut where its first pod was scheduled, and nowhere before",
    covers: ["topo/disk-follows-pod", "topo/pv-affinity"],
    features: ["dynamic-provisioning", "delayed-binding", "topology"],
    outcome: "passed",
    startedAt: "2026-11-21T05:40:12.000Z",
    durationMs: 41_230,
    steps: [
      {
        phase: "arrange",
        title: "a claim that waits for its first consumer",
        durationMs: 2310,
        outcome: "passed",
      },
      { phase: "act", title: "a pod is forced to each zone in turn", durationMs: 36_020, outcome: "passed" },
      {
        phase: "assert",
        title: "every witness of the volume's place agrees",
        durationMs: 2900,
        outcome: "passed",
      },
    ],
    phases: [
      { name: "pod scheduled → provisioned", durationMs: 1840 },
      { name: "provisioned → bound", durationMs: 420 },
      { name: "bound → pod Ready", durationMs: 6200 },
    ],
    placements: [
      samplePlacement("pod forced to zone-a", 2),
      samplePlacement("pod forced to zone-b", 3, { pod: "writer-b", claim: "data-b" }),
      samplePlacement("pod forced to zone-c", 6, { pod: "writer-c", claim: "data-c" }),
    ],
    data: [],
    leaks: [],
    evidence: [],
    reproduce: `npx seaworthy certify --driver fixtures/drivers/reference/profile.yaml --cluster three-zones --case ${id}`,
    ...changes,
  };
}

/** The four cases of the walking skeleton, all passed. */
export function passedCases(): CaseResult[] {
  const replicas = [1, 3, 5].map((worker, ordinal) =>
    ["three replicas run", "scaled to 0 and back to 3"].map((moment) =>
      samplePlacement(moment, worker, {
        pod: `web-${String(ordinal)}`,
        claim: `data-web-${String(ordinal)}`,
      }),
    ),
  );
  return [
    sampleCase(),
    sampleCase({
      id: "placement/pod-follows-disk",
      title: "With immediate binding a pod returns to its disk and its data, however empty other nodes are",
      covers: ["topo/pod-follows-disk"],
      features: ["dynamic-provisioning", "immediate-binding", "topology"],
      durationMs: 68_400,
      placements: [
        samplePlacement("the disk is made, no pod yet", 4, {
          pod: undefined,
          podNode: undefined,
          selectedNode: undefined,
        }),
        ...["first start", "after deletion 1", "after deletion 5"].map((moment) =>
          samplePlacement(moment, 4, { selectedNode: undefined }),
        ),
      ],
      data: [
        {
          moment: "after deletion 5",
          claim: "data",
          found: "owner data, generation 1, 16384 of 16384 blocks",
          expected: "owner data, generation 1",
        },
      ],
    }),
    sampleCase({
      id: "placement/statefulset-keeps-its-disks",
      title: "A StatefulSet scaled to nothing and back finds each ordinal's own bytes in its own zone",
      covers: ["topo/statefulset"],
      features: ["dynamic-provisioning", "delayed-binding", "topology"],
      durationMs: 96_700,
      placements: replicas
        .map((both) => both[0])
        .concat(replicas.map((both) => both[1]))
        .filter((one) => one !== undefined),
    }),
    sampleCase({
      id: "snapshot/restore-keeps-the-moment",
      title: "A volume restored from a snapshot holds the moment it was taken, and the source goes on",
      covers: ["snap/isolation", "snap/point-in-time"],
      features: ["dynamic-provisioning", "immediate-binding", "snapshot", "restore"],
      durationMs: 52_140,
      placements: [],
      phases: [
        { name: "snapshot created → ready", durationMs: 3120 },
        { name: "restore claimed → bound", durationMs: 4410 },
      ],
      data: [
        {
          moment: "restored",
          claim: "restored",
          found: "owner source, generation 1, 4096 blocks, 38 files",
          expected: "owner source, generation 1",
        },
        {
          moment: "restored",
          claim: "source",
          found: "owner source, generation 2, 4096 blocks, 31 files",
          expected: "owner source, generation 2",
        },
      ],
    }),
  ];
}

/** Changes that make a report one of an area only. */
export const samplePart: Pick<ReportParts, "run" | "cases"> = {
  run: {
    startedAt: "2026-11-21T05:38:40.000Z",
    durationMs: 52_300,
    reproduce:
      "npx seaworthy certify --driver fixtures/drivers/reference/profile.yaml --cluster three-zones --case placement",
    selection: { cases: ["placement"], features: [] },
  },
  cases: passedCases().filter(({ id }) => id.startsWith("placement/")),
};

/** A run of which one part was begun anew because its worker was lost. */
export const sampleLoss: Pick<ReportParts, "run"> = {
  run: {
    startedAt: "2026-11-21T05:38:40.000Z",
    durationMs: 52_300,
    reproduce: "seaworthy certify --in-cluster --workers 1",
    shards: {
      of: 1,
      planned: passedCases().length,
      ran: [
        {
          index: 1,
          startedAt: "2026-11-21T05:38:40.000Z",
          durationMs: 52_300,
          lost: ["beside-0-x on <n>: its pod was removed"],
        },
      ],
    },
  },
};

/** A judged report about the reference driver. */
export function sampleReport(changes: Partial<ReportParts> = {}): ConformanceReport {
  return buildReport({
    kit: { version: "0.1.0", commit: "3f1c2d9a7b6e5048", catalogueHash: "9b".repeat(32) },
    driver: {
      name: "local.seaworthy.dev",
      vendorVersion: "0.1.0",
      organization: "Seaworthy",
      url: "https://seaworthy.dev",
      images: [{ name: "seaworthy.dev/reference-driver:0.1.0", digest: digest("4c1e") }],
    },
    environment: {
      kubernetes: "v1.36.3",
      kernel: "6.12.41",
      cgroupVersion: "v2",
      provider: "kind",
      shape: "three-zones",
      images: "built",
      activation: "loop-mapping",
      sidecarImages: [
        { name: "csi-snapshotter:v8.7.0", digest: digest("a7") },
        { name: "csi-provisioner:v6.3.0", digest: digest("51d") },
      ],
    },
    run: {
      startedAt: "2026-11-21T05:38:40.000Z",
      durationMs: 291_300,
      reproduce:
        "npx seaworthy certify --driver fixtures/drivers/reference/profile.yaml --cluster three-zones",
    },
    nodes: sampleNodes,
    cases: passedCases(),
    promises: tabulatePromises({
      claimed: [
        "dynamic-provisioning",
        "delayed-binding",
        "immediate-binding",
        "topology",
        "snapshot",
        "restore",
      ],
      announced: {
        identity: ["CONTROLLER_SERVICE", "VOLUME_ACCESSIBILITY_CONSTRAINTS"],
        controller: ["CREATE_DELETE_VOLUME", "CREATE_DELETE_SNAPSHOT", "LIST_SNAPSHOTS", "GET_CAPACITY"],
        node: ["STAGE_UNSTAGE_VOLUME", "GET_VOLUME_STATS"],
      },
    }),
    ...changes,
  });
}
