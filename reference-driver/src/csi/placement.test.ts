// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { Site } from "../back-end/back-end.ts";
import { choosePlace } from "./placement.ts";
import type { PlacementRequest } from "./placement.ts";

const HOST = "kubernetes.io/hostname";
const ZONE = "topology.kubernetes.io/zone";

function site(node: string, zone: string, availableBytes: number, largestVolumeBytes = availableBytes): Site {
  return {
    node,
    poolClass: "standard",
    segments: { [HOST]: node, [ZONE]: zone },
    availableBytes,
    largestVolumeBytes,
    holds: new Set(),
    reportedAt: new Date(),
  };
}

const sites = [site("a1", "a", 500), site("a2", "a", 300), site("b1", "b", 900, 100), site("b2", "b", 700)];
const at = (node: string, zone: string) => ({ segments: { [HOST]: node, [ZONE]: zone } });
const zone = (name: string) => ({ segments: { [ZONE]: name } });
const request = (extra: Partial<PlacementRequest>): PlacementRequest => ({
  id: "pvc-1",
  poolClass: "standard",
  bytes: 200,
  requirement: null,
  boundTo: undefined,
  ...extra,
});

describe("choosePlace", () => {
  it.each([
    ["no requirement: the most space that holds the volume in one piece", {}, "b2"],
    [
      "the selected node, though others have more",
      { requirement: { requisite: [at("a2", "a")], preferred: [at("a2", "a")] } },
      "a2",
    ],
    [
      "Immediate, all nodes: the one preferred, though others have more",
      { requirement: { requisite: sites.map(({ segments }) => ({ segments })), preferred: [at("a2", "a")] } },
      "a2",
    ],
    [
      "Immediate, allowed zones",
      { requirement: { requisite: [zone("a"), zone("c")], preferred: [zone("c"), zone("a")] } },
      "a1",
    ],
    ["preferred alone", { requirement: { requisite: [], preferred: [zone("c"), zone("a")] } }, "a1"],
    ["the snapshot's node, though others have more", { boundTo: { node: "a2", why: "snapshot s" } }, "a2"],
  ])("%s", (_, extra, node) => {
    expect(choosePlace(sites, request(extra)).node).toBe(node);
  });

  it.each([
    ["an unknown class", { poolClass: "fast" }, /no node has a pool of class fast/],
    [
      "a zone without a pool",
      { requirement: { requisite: [zone("c")], preferred: [] } },
      /no pool of class standard is in .*"c"/,
    ],
    [
      "a selected node that is full",
      { bytes: 400, requirement: { requisite: [at("a2", "a")], preferred: [] } },
      /400 bytes fit nowhere: a2 has 300/,
    ],
    [
      "half a match of the segments",
      { requirement: { requisite: [at("a1", "b")], preferred: [] } },
      /no pool/,
    ],
    [
      "a snapshot on another node than the selected one",
      {
        requirement: { requisite: [at("a1", "a")], preferred: [] },
        boundTo: { node: "b2", why: "snapshot s" },
      },
      /snapshot s is on node b2, which is not in/,
    ],
  ])("answers RESOURCE_EXHAUSTED for %s", (_, extra, message) => {
    expect(() => choosePlace(sites, request(extra))).toThrow(
      expect.objectContaining({ code: "RESOURCE_EXHAUSTED" }),
    );
    expect(() => choosePlace(sites, request(extra))).toThrow(message);
  });
});
