// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { itemsOf, nowhere } from "./socket-lister.ts";

const worker = (name: string, zone: string) => ({
  name,
  zone,
  labels: { "topology.kubernetes.io/zone": zone, "kubernetes.io/hostname": name },
});

test("a volume is on the first node that its segments are true for; what the driver does not place is nowhere", () => {
  const workers = [worker("w1", "east"), worker("w2", "west"), worker("w3", "west")];
  const items = itemsOf(
    {
      volumes: [
        { id: "zonal", segments: { "topology.kubernetes.io/zone": "west" } },
        { id: "local", segments: { "kubernetes.io/hostname": "w3" } },
        { id: "lost", segments: { "topology.kubernetes.io/zone": "north" } },
        { id: "silent", segments: null },
      ],
      snapshots: ["snap"],
    },
    workers,
  );
  expect(items).toEqual([
    { id: "zonal", node: "w2" },
    { id: "local", node: "w3" },
    { id: "lost", node: nowhere },
    { id: "silent", node: nowhere },
    { id: "snap", node: nowhere },
  ]);
  expect(itemsOf({ volumes: null, snapshots: null }, workers)).toEqual([]);
});
