// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { canShutDown } from "./can-shut-down.ts";

const nodes = [
  { name: "control", controlPlane: true, pools: [] },
  { name: "with", controlPlane: false, pools: [] },
  { name: "without", controlPlane: false, pools: [] },
];
const execOn = (lacking: readonly string[]) => (node: string) =>
  Promise.resolve({ stdout: "", stderr: "", exitCode: lacking.includes(node) ? 127 : 0 });

test.each([
  ["all workers have the program", true, ["control"], true],
  ["one worker lacks it", true, ["without"], false],
  ["no node can be reached", false, [], false],
])("when %s", async (_what, canReachNodes, lacking, expected) => {
  expect(await canShutDown({ canReachNodes, nodes, exec: execOn(lacking) })).toBe(expected);
});
