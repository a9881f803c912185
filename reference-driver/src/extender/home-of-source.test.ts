// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { demandOfClaim } from "./demands.ts";
import { claimOf, clusterOf, DRIVER, MIB, recordOf } from "./objects-in-memory.ts";
import type { Contents } from "./objects-in-memory.ts";

const RESTORE = claimOf("restore", { mebibytes: 64, from: { kind: "VolumeSnapshot", name: "moment" } });
const CLONE = claimOf("clone", { mebibytes: 64, from: { kind: "PersistentVolumeClaim", name: "source" } });
const moment = (fields: object) => ({
  metadata: { name: "moment", uid: "1" },
  spec: { source: { persistentVolumeClaimName: "source" } },
  ...fields,
});

const home = (contents: Contents, claim = RESTORE) =>
  demandOfClaim(claim, clusterOf(contents), new Set([DRIVER]))?.home;

describe("the home of what a claim starts from", () => {
  it.each<[string, Contents, string | undefined]>([
    [
      "is where the snapshot's handle is, with the source claim gone",
      {
        snapshots: [moment({ status: { boundVolumeSnapshotContentName: "content" } })],
        snapshotContents: [
          { metadata: { name: "content" }, spec: { source: {} }, status: { snapshotHandle: "snap-1" } },
        ],
        records: [recordOf("snap-1", "n2", 64)],
      },
      "n2",
    ],
    [
      "is found by a handle that was given beforehand",
      {
        snapshots: [{ ...moment({}), spec: { source: { volumeSnapshotContentName: "content" } } }],
        snapshotContents: [{ metadata: { name: "content" }, spec: { source: { snapshotHandle: "snap-9" } } }],
        records: [recordOf("snap-9", "n3", 64)],
      },
      "n3",
    ],
    [
      "is where a snapshot is being cut",
      { snapshots: [moment({})], records: [recordOf("snap-1", "n2", 64)] },
      "n2",
    ],
    [
      "is where the source is, of a snapshot nobody began yet",
      {
        snapshots: [moment({})],
        claims: [claimOf("source", { volumeName: "pvc-source" })],
        records: [recordOf("pvc-source", "n1", 64)],
      },
      "n1",
    ],
    ["is not known of a snapshot that does not exist", {}, undefined],
  ])("%s", (_words, contents, node) => {
    expect(home(contents)?.node).toBe(node);
  });

  it("of a clone is where its source is", () => {
    const contents = {
      claims: [claimOf("source", { volumeName: "pvc-source" })],
      records: [recordOf("pvc-source", "n3", 64)],
    };
    expect(home(contents, CLONE)).toEqual({ node: "n3", what: "PersistentVolumeClaim source" });
  });

  it("is nowhere in particular for a blank volume", () => {
    expect(home({}, claimOf("blank"))).toBeUndefined();
  });

  it("is not that of another driver's volume", () => {
    const record = recordOf("snap-1", "n2", 64);
    const foreign = { ...record, spec: { ...record.spec, driverName: "zonal.seaworthy.dev" } };
    expect(home({ snapshots: [moment({})], records: [foreign] })).toBeUndefined();
  });
});

it.each([
  ["immediate", undefined],
  ["foreign", undefined],
  ["unheard-of", undefined],
  ["fast", "fast"],
  ["local", "standard"],
])("a claim of class %s asks for pool class %s", (storageClass, poolClass) => {
  const demand = demandOfClaim(
    claimOf("c", { storageClass, mebibytes: 61 }),
    clusterOf({}),
    new Set([DRIVER]),
  );
  expect(demand?.poolClass).toBe(poolClass);
  // whole extents, as they will be cut
  if (demand !== undefined) expect(demand.bytes).toBe(64 * MIB);
});

it.each([
  ["an xfs", { storageClass: "xfs" }, 300],
  ["a block volume of a class for xfs", { storageClass: "xfs", volumeMode: "Block" }, 64],
])("%s claim of 64 MiB", (_words, fields, mebibytes) => {
  const demand = demandOfClaim(claimOf("c", { ...fields, mebibytes: 64 }), clusterOf({}), new Set([DRIVER]));
  expect(demand?.bytes).toBe(mebibytes * MIB);
});
