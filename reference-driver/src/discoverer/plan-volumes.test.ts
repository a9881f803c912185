// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { planVolumes } from "./plan-volumes.ts";
import { staticVolume } from "./static-volume.ts";
import type { FoundVolume } from "./static-volume.ts";

const disk: FoundVolume = { path: "/mnt/static/disk", mode: "Block", bytes: 1 };
const names = { node: "n1", hostname: "h1", storageClass: "static" };
const volume = (phase: string, reclaimPolicy = "Delete") => ({
  ...staticVolume(disk, { ...names, reclaimPolicy }),
  status: { phase },
});

it.each([
  ["a new disk", [disk], [], "create"],
  ["a disk that is free", [disk], [volume("Available")], undefined],
  ["a disk in use", [disk], [volume("Bound")], undefined],
  ["a disk given back", [disk], [volume("Released")], "recycle"],
  ["a disk given back that is to be kept", [disk], [volume("Released", "Retain")], undefined],
  ["a disk that is gone", [], [volume("Available")], "remove"],
  ["a disk that is gone after it was given back", [], [volume("Released")], "remove"],
  ["a disk that is gone in use", [], [volume("Bound")], "lost"],
] as const)("%s", (_words, found, volumes, action) => {
  const plan = planVolumes("n1", found, volumes);
  const expected = {
    create: 0,
    recycle: 0,
    remove: 0,
    lost: 0,
    ...(action === undefined ? {} : { [action]: 1 }),
  };
  expect(
    Object.fromEntries(Object.entries(plan).map(([key, list]) => [key, (list as unknown[]).length])),
  ).toEqual(expected);
});

it("does nothing twice to a volume that goes away", () => {
  const going = volume("Released");
  const plan = planVolumes(
    "n1",
    [disk],
    [{ ...going, metadata: { ...going.metadata, deletionTimestamp: new Date() } }],
  );
  expect(plan).toEqual({ create: [], recycle: [], remove: [], lost: [] });
});
