// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ClusterNode } from "../provider.ts";
import { makeVolumeGroups } from "./make-volume-groups.ts";

test("a node's pools are written down for its driver, thin ones as such", async () => {
  const written = new Map<string, string>();
  const exec = (_node: string, command: readonly string[], options?: { input?: string }) => {
    if (command[0] === "tee") written.set(command[1] ?? "", options?.input ?? "");
    return Promise.resolve({ exitCode: 0, stdout: "", stderr: "" });
  };
  const pool = { bytes: 2 ** 30 };
  const node: ClusterNode = {
    name: "n1",
    controlPlane: false,
    pools: [
      { ...pool, class: "standard", volumeGroup: "n1_standard", device: "/dev/loop1" },
      { ...pool, class: "thin", volumeGroup: "n1_thin", device: "/dev/loop2", thin: true },
    ],
  };
  await makeVolumeGroups({ exec }, node);
  expect(JSON.parse(written.get("/etc/seaworthy/pools.json") ?? "")).toEqual({
    node: "n1",
    pools: [
      { class: "standard", volumeGroup: "n1_standard", device: "/dev/loop1" },
      { class: "thin", volumeGroup: "n1_thin", device: "/dev/loop2", thin: true },
    ],
  });
});
