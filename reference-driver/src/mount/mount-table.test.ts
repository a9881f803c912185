// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { readMountTable } from "./mount-table.ts";

it("reads targets, devices and the mount's own read-only flag", () => {
  const text = [
    "36 35 98:0 / /plain rw,noatime master:1 - ext4 /dev/loop3 rw,errors=continue",
    "37 35 98:0 / /with\\040space ro,relatime shared:1 master:2 - ext4 /dev/loop3 ro,relatime",
    "38 35 0:5 /loop7 /no-optional rw - tmpfs none rw",
    "",
  ].join("\n");
  expect(readMountTable(text)).toEqual([
    { target: "/plain", root: "/", device: "98:0", closed: false, readOnly: false, fsType: "ext4" },
    { target: "/with space", root: "/", device: "98:0", closed: true, readOnly: true, fsType: "ext4" },
    {
      target: "/no-optional",
      root: "/loop7",
      device: "0:5",
      closed: false,
      readOnly: false,
      fsType: "tmpfs",
    },
  ]);
});
