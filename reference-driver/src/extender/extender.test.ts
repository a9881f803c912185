// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { createExtender } from "./extender.ts";
import { InFlight } from "./in-flight.ts";
import { claimOf, clusterOf, MIB, podOf, recordOf, storageOf } from "./objects-in-memory.ts";
import type { Contents } from "./objects-in-memory.ts";

const NODES = ["n1", "n2", "n3"];
const LONG_AGO = new Date(Date.now() - 120_000);

function extenderOver(contents: Contents) {
  const view = { ...clusterOf(contents), changed: () => new Promise<void>((done) => setTimeout(done, 5)) };
  return createExtender({ view, inFlight: new InFlight(50), silenceMs: 60_000 });
}

async function admitted(contents: Contents, ...claims: string[]): Promise<readonly string[]> {
  return (await extenderOver(contents).filter({ pod: podOf(...claims), nodeNames: NODES })).NodeNames;
}

const roomy = ["n1", "n2", "n3"].map((node) => storageOf(node, { available: 100 }));

describe("filter", () => {
  it.each<[string, Contents, string[], string[]]>([
    ["admits every node for a pod without claims", { storages: roomy }, [], NODES],
    [
      "leaves a pod of another driver alone",
      { storages: [storageOf("n1", { available: 0 })], claims: [claimOf("c", { storageClass: "foreign" })] },
      ["c"],
      NODES,
    ],
    [
      "leaves a pod alone whose claim is bound",
      { storages: [storageOf("n1", { available: 0 })], claims: [claimOf("c", { volumeName: "pvc-c" })] },
      ["c"],
      NODES,
    ],
    [
      "admits the nodes with room",
      {
        storages: [storageOf("n1", { available: 63 }), storageOf("n2", { available: 64 })],
        claims: [claimOf("c", { mebibytes: 64 })],
      },
      ["c"],
      ["n2"],
    ],
    [
      "counts all claims of the pod together",
      {
        storages: [storageOf("n1", { available: 100 }), storageOf("n2", { available: 160 })],
        claims: [claimOf("c", { mebibytes: 64 }), claimOf("d", { mebibytes: 64 })],
      },
      ["c", "d"],
      ["n2"],
    ],
    [
      "wants room in the pool of each class",
      {
        storages: [
          storageOf("n1", { available: 100 }),
          storageOf("n2", { available: 100 }),
          storageOf("n2", { available: 100, poolClass: "fast" }),
          storageOf("n3", { available: 100, poolClass: "fast" }),
        ],
        claims: [claimOf("c"), claimOf("d", { storageClass: "fast" })],
      },
      ["c", "d"],
      ["n2"],
    ],
    [
      "knows that free space in pieces holds no large volume",
      { storages: [storageOf("n1", { available: 100, largest: 32 })], claims: [claimOf("c")] },
      ["c"],
      [],
    ],
    [
      "takes a node out whose pool is silent",
      {
        storages: [
          storageOf("n1", { available: 100, heartbeat: LONG_AGO }),
          storageOf("n2", { available: 100 }),
        ],
        claims: [claimOf("c")],
      },
      ["c"],
      ["n2"],
    ],
    [
      "counts what another claim was given and has not got yet",
      {
        storages: roomy,
        claims: [claimOf("c"), claimOf("other", { selectedNode: "n1" })],
      },
      ["c"],
      ["n2", "n3"],
    ],
    [
      "does not count it twice once the pool lists it",
      {
        storages: [storageOf("n1", { available: 100, volumes: ["pvc-other"] })],
        claims: [claimOf("c"), claimOf("other", { selectedNode: "n1" })],
      },
      ["c"],
      ["n1"],
    ],
    [
      "does not count the pod's own claim against it",
      { storages: [storageOf("n1", { available: 64 })], claims: [claimOf("c", { selectedNode: "n1" })] },
      ["c"],
      ["n1"],
    ],
    [
      "counts a volume that its node is still cutting",
      { storages: roomy, claims: [claimOf("c")], records: [recordOf("pvc-x", "n2", 64)] },
      ["c"],
      ["n1", "n3"],
    ],
    [
      "counts a volume that is ready, but in no report yet",
      {
        storages: roomy,
        claims: [claimOf("c")],
        records: [
          recordOf("pvc-x", "n2", 64, {
            phase: "Ready",
            createdAt: new Date(Date.now() + 1000).toISOString(),
          }),
        ],
      },
      ["c"],
      ["n1", "n3"],
    ],
    [
      "counts what a volume is still to grow by",
      {
        storages: [storageOf("n1", { available: 100, volumes: ["pvc-x"] })],
        claims: [claimOf("c")],
        records: [
          recordOf("pvc-x", "n1", 104, {
            phase: "Ready",
            bytes: 64 * MIB,
            createdAt: LONG_AGO.toISOString(),
          }),
        ],
      },
      ["c"],
      [],
    ],
    [
      "does not count a volume that failed",
      {
        storages: roomy,
        claims: [claimOf("c")],
        records: [recordOf("pvc-x", "n2", 64, { phase: "Failed" })],
      },
      ["c"],
      NODES,
    ],
    [
      "serves an instance whose pools belong to a zone",
      {
        storages: [
          ...roomy,
          storageOf("zone-a", {
            available: 100,
            driverName: "zonal.seaworthy.dev",
            topology: { "topology.kubernetes.io/zone": "a" },
          }),
        ],
        claims: [claimOf("c", { storageClass: "zonal" })],
      },
      ["c"],
      ["n1", "n2"],
    ],
  ])("%s", async (_words, contents, claims, expected) => {
    expect(await admitted(contents, ...claims)).toEqual(expected);
  });

  it("tells why, in words that several nodes can share", async () => {
    const contents = {
      storages: [storageOf("n1", { available: 1 }), storageOf("n2", { available: 9, heartbeat: LONG_AGO })],
      claims: [claimOf("c")],
    };
    const { FailedAndUnresolvableNodes } = await extenderOver(contents).filter({
      pod: podOf("c"),
      nodeNames: NODES,
    });
    expect(FailedAndUnresolvableNodes).toEqual({
      n1: "not enough room in pool of class standard for the pod's volumes",
      n2: "pool of class standard has not reported for a while",
      n3: "no pool of class standard of local.seaworthy.dev",
    });
  });
});

describe("filter, of pods asked about one right after the other", () => {
  const contents = {
    storages: [storageOf("n1", { available: 100 })],
    claims: [claimOf("a"), claimOf("b")],
  };

  it("waits until it is known what the earlier one takes", async () => {
    const claims = [...contents.claims];
    const view = {
      ...clusterOf({ ...contents, claims }),
      changed: async () => {
        claims[0] = claimOf("a", { selectedNode: "n1" });
        await Promise.resolve();
      },
    };
    const extender = createExtender({ view, inFlight: new InFlight(60_000), silenceMs: 60_000 });
    await extender.filter({ pod: podOf("a"), nodeNames: ["n1"] });
    expect((await extender.filter({ pod: podOf("b"), nodeNames: ["n1"] })).NodeNames).toEqual([]);
  });

  it("takes a choice that never comes for given up", async () => {
    const extender = extenderOver(contents);
    await extender.filter({ pod: podOf("a"), nodeNames: ["n1"] });
    expect((await extender.filter({ pod: podOf("b"), nodeNames: ["n1"] })).NodeNames).toEqual(["n1"]);
  });

  it("does not wait where there is room for both", async () => {
    const view = {
      ...clusterOf({ ...contents, storages: [storageOf("n1", { available: 200 })] }),
      changed: () => Promise.reject(new Error("it waited")),
    };
    const extender = createExtender({ view, inFlight: new InFlight(60_000), silenceMs: 60_000 });
    await extender.filter({ pod: podOf("a"), nodeNames: ["n1"] });
    expect((await extender.filter({ pod: podOf("b"), nodeNames: ["n1"] })).NodeNames).toEqual(["n1"]);
  });
});

describe("prioritize", () => {
  it("prefers the node where most is left, by the tightest of its pools", () => {
    const contents = {
      storages: [storageOf("n1", { available: 1024 }), storageOf("n2", { available: 576 })],
      claims: [claimOf("c", { mebibytes: 64 })],
    };
    expect(extenderOver(contents).prioritize({ pod: podOf("c"), nodeNames: NODES })).toEqual([
      { Host: "n1", Score: 9 },
      { Host: "n2", Score: 5 },
      { Host: "n3", Score: 0 },
    ]);
  });

  it("has no preference for a pod that needs nothing of ours", () => {
    const scores = extenderOver({ storages: roomy }).prioritize({ pod: podOf(), nodeNames: NODES });
    expect(new Set(scores.map((entry) => entry.Score)).size).toBe(1);
  });
});

it("shows what it counts", () => {
  const contents = {
    storages: [storageOf("n1", { available: 100 })],
    claims: [claimOf("c", { selectedNode: "n1" })],
  };
  expect(extenderOver(contents).cache()).toMatchObject({
    pools: [{ node: "n1", freeBytes: 36 * 1024 ** 2, silent: false }],
    assumed: [{ volumeId: "pvc-c", node: "n1" }],
  });
});
