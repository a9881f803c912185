// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { NodeSelectorTerm } from "../kube/objects.ts";
import { describeWitnesses, findDisagreements, type PlacementWitnesses } from "./placement.ts";

const labels = {
  a1: { host: "a1", rack: "r1", zone: "a" },
  a2: { host: "a2", rack: "r2", zone: "a" },
  b1: { host: "b1", rack: "r3", zone: "b" },
};

function term(values: Record<string, string>): NodeSelectorTerm {
  return {
    matchExpressions: Object.entries(values).map(([key, value]) => ({
      key,
      operator: "In",
      values: [value],
    })),
  };
}

const agreeing: PlacementWitnesses = {
  binding: "delayed",
  topologyKeys: ["host", "rack", "zone"],
  labels,
  podNode: "a1",
  attachedTo: [],
  csiNodeKeys: ["zone", "rack", "host"],
  affinity: [term(labels.a1)],
  selectedNode: "a1",
  backEndNodes: ["a1"],
};

test("Witnesses that say the same do not disagree", () => {
  expect(findDisagreements(agreeing)).toEqual([]);
  expect(findDisagreements({ ...agreeing, binding: "immediate", selectedNode: undefined })).toEqual([]);
  expect(describeWitnesses(agreeing)).toBe(
    "pod on a1 (host=a1, rack=r1, zone=a); selected-node a1; attached to nothing; nodeAffinity {host In a1, rack In r1, zone In a}; back end a1",
  );
});

test.each<[string, Partial<PlacementWitnesses>, string[]]>([
  [
    "the volume is elsewhere than claimed",
    { backEndNodes: ["b1"] },
    [
      "the volume is on b1, the pod on a1: they differ in host, rack, zone",
      "nodeAffinity says host In a1, the data is in b1",
      "nodeAffinity says rack In r1, the data is in r3",
      "nodeAffinity says zone In a, the data is in b",
    ],
  ],
  [
    "two nodes hold it",
    { backEndNodes: ["a1", "b1"] },
    ["the back ends of a1 and b1 all hold a volume of this id"],
  ],
  ["nobody holds it", { backEndNodes: [] }, ["no node's back end holds the volume"]],
  [
    "the affinity names the zone alone",
    { affinity: [term({ zone: "a" })] },
    ["nodeAffinity lacks key host", "nodeAffinity lacks key rack"],
  ],
  ["there is no affinity", { affinity: undefined }, ["the PersistentVolume has no nodeAffinity"]],
  [
    "the affinity has a second domain",
    { affinity: [term(labels.a1), term(labels.a1)] },
    ["nodeAffinity names 2 domains"],
  ],
  [
    "the affinity admits more than one value",
    {
      affinity: [
        {
          matchExpressions: [
            ...(term({ host: "a1", rack: "r1" }).matchExpressions ?? []),
            { key: "zone", operator: "In", values: ["a", "b"] },
          ],
        },
      ],
    },
    ["nodeAffinity says zone In a, b, the data is in a"],
  ],
  [
    "another node was selected",
    { selectedNode: "a2" },
    ["selected-node is a2, the pod is on a1: they differ in host, rack"],
  ],
  [
    "it is attached elsewhere as well",
    { attachedTo: ["a1", "b1"] },
    ["the volume is attached to b1, the pod is on a1"],
  ],
  ["no node was selected", { selectedNode: undefined }, ["the claim has no selected-node"]],
  ["CSINode lacks a key", { csiNodeKeys: ["host", "zone"] }, ["CSINode a1 lacks key rack"]],
  ["CSINode lacks the driver", { csiNodeKeys: undefined }, ["CSINode a1 does not list the driver"]],
])("It is seen when %s", (_what, change, disagreements) => {
  expect(findDisagreements({ ...agreeing, ...change }).map(({ words }) => words)).toEqual(disagreements);
});

test("For a zone-scoped driver any node of the zone agrees", () => {
  const zonal = {
    ...agreeing,
    topologyKeys: ["zone"],
    csiNodeKeys: ["zone"],
    affinity: [term({ zone: "a" })],
    backEndNodes: ["a2"],
  };
  expect(findDisagreements({ ...zonal, selectedNode: "a2" })).toEqual([]);
});

test("It is told apart whether things are apart or only described wrongly", () => {
  const subjects = (change: Partial<PlacementWitnesses>): string[] => [
    ...new Set(findDisagreements({ ...agreeing, ...change }).map(({ about }) => about)),
  ];
  expect(subjects({ affinity: undefined })).toEqual(["affinity"]);
  expect(subjects({ csiNodeKeys: [] })).toEqual(["csi-node"]);
  expect(subjects({ backEndNodes: ["b1"] })).toEqual(["place", "affinity"]);
});
