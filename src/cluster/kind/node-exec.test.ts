// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseProcess } from "./node-exec.ts";

const id = "0123456789abcdef".repeat(4);

test("a running container has a process and an environment", () => {
  expect(parseProcess(`4711 ${id} ["A=b c","UNSET"]\n`)).toEqual({
    pid: 4711,
    id,
    environment: [expect.stringContaining("/sbin:/bin"), "HOME=/root", "A=b c"],
  });
});

test.each([
  ["a stopped one", `0 ${id} []`],
  ["none of that name", ""],
  ["a short id", "4711 0123 []"],
])("%s has none", (_words, text) => {
  expect(parseProcess(text)).toBeUndefined();
});
