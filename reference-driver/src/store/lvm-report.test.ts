// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { readRows, readRuns, readSpace, readVolumes } from "./lvm-report.ts";

describe("readVolumes", () => {
  it("joins the segments of one volume and splits its tags", () => {
    const json = JSON.stringify({
      report: [
        {
          seg: [
            {
              lv_name: "v1",
              lv_size: "8388608",
              lv_tags: "sw.kind=volume,sw.bytes=1",
              lv_path: "/dev/g/v1",
              origin: "",
              seg_pe_ranges: "/dev/loop9:0-0",
            },
            {
              lv_name: "v1",
              lv_size: "8388608",
              lv_tags: "sw.kind=volume,sw.bytes=1",
              lv_path: "/dev/g/v1",
              origin: "",
              seg_pe_ranges: "/dev/loop9:5-5",
            },
            {
              lv_name: "s1",
              lv_size: "4194304",
              lv_tags: "",
              lv_path: "/dev/g/s1",
              origin: "v1",
              seg_pe_ranges: "/dev/loop9:7-7",
            },
            {
              lv_name: "t1",
              lv_size: "4194304",
              lv_tags: "",
              lv_path: "/dev/g/t1",
              origin: "t0",
              pool_lv: "pool",
              seg_pe_ranges: "",
            },
          ],
        },
      ],
    });
    expect(readVolumes(readRows(json))).toEqual([
      {
        name: "v1",
        bytes: 8388608,
        tags: ["sw.kind=volume", "sw.bytes=1"],
        path: "/dev/g/v1",
        origin: undefined,
        thin: false,
        runs: [
          { device: "/dev/loop9", first: 0, count: 1 },
          { device: "/dev/loop9", first: 5, count: 1 },
        ],
      },
      {
        name: "s1",
        bytes: 4194304,
        tags: [],
        path: "/dev/g/s1",
        origin: "v1",
        thin: false,
        runs: [{ device: "/dev/loop9", first: 7, count: 1 }],
      },
      {
        name: "t1",
        bytes: 4194304,
        tags: [],
        path: "/dev/g/t1",
        origin: undefined,
        thin: true,
        runs: [],
      },
    ]);
  });

  it("reads an empty report", () => {
    expect(readVolumes(readRows('{"report":[{"seg":[]}]}'))).toEqual([]);
  });
});

describe("readRuns", () => {
  it.each([
    ["", []],
    ["/dev/loop9:0-24", [{ device: "/dev/loop9", first: 0, count: 25 }]],
    [
      "/dev/sda:3-3 /dev/sdb:0-1",
      [
        { device: "/dev/sda", first: 3, count: 1 },
        { device: "/dev/sdb", first: 0, count: 2 },
      ],
    ],
  ])("%j", (text, runs) => {
    expect(readRuns(text)).toEqual(runs);
  });
});

it("reads a group's figures, devices and free runs from one report", () => {
  const group = { vg_name: "g", vg_extent_size: "4194304", vg_size: "83886080", vg_free: "33554432" };
  const a = { ...group, pv_name: "/dev/sda", pe_start: "1048576" };
  const b = { ...group, pv_name: "/dev/sdb", pe_start: "2097152" };
  const rows = [
    { ...a, segtype: "free", pvseg_start: "0", pvseg_size: "3" },
    { ...a, segtype: "linear", pvseg_start: "3", pvseg_size: "9" },
    { ...b, segtype: "free", pvseg_start: "12", pvseg_size: "5" },
  ];
  expect(readSpace(rows)).toEqual({
    name: "g",
    extentBytes: 4194304,
    totalBytes: 83886080,
    freeBytes: 33554432,
    devices: [
      { device: "/dev/sda", startBytes: 1048576 },
      { device: "/dev/sdb", startBytes: 2097152 },
    ],
    freeRuns: [
      { device: "/dev/sda", first: 0, count: 3 },
      { device: "/dev/sdb", first: 12, count: 5 },
    ],
  });
  expect(readSpace([])).toBeUndefined();
});
