// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { parseDevices, pathsFor } from "./device-choice.ts";

const TEXT = `[
  {"nodes": {"names": ["n1", "n2"]}, "paths": ["/dev/sdb"]},
  {"nodes": {"labels": {"disks": "fast"}}, "paths": ["/dev/nvme0n1", "/dev/sdb"]},
  {"paths": ["/dev/disk/by-id/data"]}
]`;

it.each([
  ["n1", {}, ["/dev/sdb", "/dev/disk/by-id/data"]],
  ["n1", { disks: "fast" }, ["/dev/sdb", "/dev/nvme0n1", "/dev/disk/by-id/data"]],
  ["n3", { disks: "slow" }, ["/dev/disk/by-id/data"]],
])("chooses for %s with labels %j", (node, labels, paths) => {
  expect(pathsFor(parseDevices(TEXT), node, labels)).toEqual(paths);
});

describe("parseDevices refuses", () => {
  it.each([
    ["no JSON", "/dev/sdb", "devices: JSON is expected"],
    ["no list", "{}", "devices: a list is expected"],
    ["an unknown field", '[{"node": "n1", "paths": ["/dev/sdb"]}]', "devices[0].node: no such field"],
    ["no paths", "[{}]", "devices[0].paths: a list of paths"],
    ["an empty list of paths", '[{"paths": []}]', "devices[0].paths"],
    ["a path elsewhere", '[{"paths": ["/etc/passwd"]}]', "devices[0].paths"],
    ["a path that would break LVM's filter", '[{"paths": ["/dev/a|b"]}]', "devices[0].paths"],
    ["names that are none", '[{"nodes": {"names": "n1"}, "paths": ["/dev/a"]}]', "devices[0].nodes.names"],
    ["labels that are no texts", '[{"nodes": {"labels": {"a": 1}}, "paths": ["/dev/a"]}]', "nodes.labels"],
  ])("%s", (_words, text, message) => {
    expect(() => parseDevices(text)).toThrow(message);
  });
});
