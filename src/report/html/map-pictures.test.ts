// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleCase, sampleNodes, samplePlacement, sampleReport } from "../report.test-data.ts";
import { groupPictures, rowsByNode } from "./map-pictures.ts";
import { writeHtml } from "./page.ts";

test("returns of a pod to its disk are one picture with all their moments", () => {
  const returns = ["first start", "after deletion 1", "after deletion 2"].map((moment) =>
    samplePlacement(moment, 4),
  );
  expect(groupPictures(returns).map(({ moments }) => moments)).toEqual([
    ["first start", "after deletion 1", "after deletion 2"],
  ]);
});

test("a pod or a disk that moved begins a new picture, and so does its return", () => {
  const moments = groupPictures([
    samplePlacement("before", 1),
    samplePlacement("moved", 2),
    samplePlacement("disk left behind", 2, { backEndNode: "sw-three-zones-worker" }),
    samplePlacement("back", 1),
  ]).map((picture) => picture.moments);
  expect(moments).toEqual([["before"], ["moved"], ["disk left behind"], ["back"]]);
});

test("several claims of one moment, and claims of later ones, share a picture", () => {
  const [picture, ...more] = groupPictures([
    samplePlacement("start", 1, { claim: "a", pod: "web-0" }),
    samplePlacement("start", 3, { claim: "b", pod: "web-1" }),
    samplePlacement("later", 5, { claim: "c", pod: "web-2" }),
  ]);
  expect(more).toEqual([]);
  expect(picture?.placements.map(({ claim }) => claim)).toEqual(["a", "b", "c"]);
});

test("a pod apart from its disk stands on its own node, and the disk under the claim's name on the other", () => {
  const [picture] = groupPictures([samplePlacement("now", 3, { backEndNode: "sw-three-zones-worker5" })]);
  const rows = picture === undefined ? new Map() : rowsByNode(picture);
  expect(rows.get("sw-three-zones-worker3")).toEqual([
    { label: "writer", pod: true, disk: false, claim: "data", split: "pod" },
  ]);
  expect(rows.get("sw-three-zones-worker5")).toEqual([
    { label: "data", pod: false, disk: true, claim: "data", split: "disk" },
  ]);
});

test("the page draws each picture once, names what does not fit, and marks before and after", () => {
  const crowd = Array.from({ length: 9 }, (_, n) =>
    samplePlacement("start", 1, { claim: `data-${String(n)}`, pod: `web-${String(n)}` }),
  );
  const moved = samplePlacement("end", 2, { claim: "data-0", pod: "web-0" });
  const page = writeHtml(
    sampleReport({ cases: [sampleCase({ placements: [...crowd, moved] })], nodes: sampleNodes }),
  );
  expect(page.match(/<figure>/g)).toHaveLength(2);
  expect(page).toContain("<strong>Before</strong>");
  expect(page).toContain("<strong>After</strong>");
  expect(page).toMatch(/and 6 more/);
});
