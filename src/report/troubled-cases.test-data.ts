// SPDX-License-Identifier: Apache-2.0
import type { CaseResult } from "./model.ts";
import { passedCases, samplePlacement } from "./report.test-data.ts";

/** One of each outcome, with text from a hostile driver. */
export function troubledCases(): CaseResult[] {
  const [first, second, third, fourth] = passedCases();
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new RangeError("four cases");
  return [
    {
      ...first,
      outcome: "failed",
      steps: first.steps.map((step, index) => (index === 2 ? { ...step, outcome: "failed" } : step)),
      placements: [
        samplePlacement("pod forced to zone-a", 2),
        samplePlacement("pod forced to zone-b", 3, {
          claim: "data-b",
          backEndNode: "sw-three-zones-worker5",
          affinity: [],
        }),
      ],
      failure: {
        message: "volume sw-3f3a9c is not where its pod is",
        expected: "the node of pod writer, sw-three-zones-worker3",
        seen: 'sw-three-zones-worker5 holds the volume; driver says "<script>alert(document.domain)</script>"',
        requirement: "topo/disk-follows-pod",
        step: "every witness of the volume's place agrees",
        stack:
          "CheckFailed: volume sw-3f3a9c is not where its pod is\n    at suites/placement/disk-follows-pod.case.ts:48:13",
      },
      leaks: ["sw-3f3a9c on sw-three-zones-worker5"],
      evidence: [
        "evidence/placement/disk-follows-pod/events.txt",
        "evidence/placement/disk-follows-pod/driver <script>.log",
      ],
    },
    {
      ...second,
      outcome: "error",
      steps: [{ phase: "arrange", title: "a claim & a <b>pod</b>", durationMs: 60_000, outcome: "error" }],
      phases: [],
      placements: [],
      data: [],
      failure: {
        message: "create pod writer: the API server\u0007 did not answer within 60 s",
        step: "a claim & a <b>pod</b>",
      },
    },
    {
      ...third,
      outcome: "skipped",
      reason: "needs 3 zones, the cluster has 1",
      durationMs: 0,
      steps: [],
      phases: [],
      placements: [],
      data: [],
    },
    {
      ...fourth,
      outcome: "failed",
      steps: fourth.steps.map((step, index) => (index === 2 ? { ...step, outcome: "failed" } : step)),
      failure: {
        message: "claim restored holds other data than it should",
        expected: "owner source, generation 1, 4096 blocks",
        seen: "blocks 0–1023: generation 2 (overwritten after the snapshot); blocks 1024–4095: as expected",
        requirement: "snap/point-in-time",
        step: "every witness of the volume's place agrees",
      },
      data: [
        {
          moment: "restored",
          claim: "restored",
          found: "generation 2 in blocks 0–1023",
          expected: "owner source, generation 1",
        },
        {
          moment: "restored",
          claim: "source",
          found: "owner source, generation 2",
          expected: "owner source, generation 2",
        },
      ],
    },
  ];
}
