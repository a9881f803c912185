// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta } from "../../catalogue/catalogue.test-data.ts";
import { judge } from "../../report/verdict.ts";
import { sampleCase, sampleReport } from "../../report/report.test-data.ts";
import { joinWorkers } from "./join-workers.ts";
import type { TakenReport } from "./take-report.ts";

const cases = ["a/1", "a/2", "a/3"].map((id) => ({ id, meta: sampleMeta() }));
const order = {
  ...{ kitVersion: "1", catalogueHash: "c", commit: "x", probeImage: "kit:1", certifyFlags: "--driver d" },
  workers: [
    { caseIds: ["a/1", "a/3"], alone: false, runId: "000001" },
    { caseIds: ["a/2"], alone: false, runId: "000002" },
  ],
};

function taken(ids: readonly string[], digest = "sha256:1"): TakenReport {
  const report = sampleReport({ cases: ids.map((id) => sampleCase({ id })) });
  const driver = { ...report.driver, images: [{ name: "driver:1", digest }] };
  return {
    name: "",
    folder: "",
    sha256: "f".repeat(64),
    killMatrix: undefined,
    report: { ...report, driver },
  };
}

test("each case is there once, in the catalogue's order, and a part that was begun anew says so", () => {
  const reports = new Map([
    [1, taken(["a/2"])],
    [0, taken(["a/1", "a/3"])],
  ]);
  const { cases: joined, shards } = joinWorkers(
    { order, cases },
    { reports, lost: new Map([[1, ["beside-1-x on n: its pod was removed"]]]) },
  );
  expect(joined.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    "a/1 passed",
    "a/2 passed",
    "a/3 passed",
  ]);
  expect(shards).toMatchObject({ of: 2, planned: 3, ran: [{ index: 1 }, { index: 2 }] });
  expect(shards?.ran.map(({ lost }) => lost)).toEqual([undefined, ["beside-1-x on n: its pod was removed"]]);
});

test("cases of a worker without a report are errors that say why, and the verdict makes no claim", () => {
  const found = { reports: new Map([[0, taken(["a/1", "a/3"])]]), lost: new Map([[1, ["pod x: gone"]]]) };
  const { cases: joined, shards } = joinWorkers({ order, cases }, found, "job beside failed");
  expect(joined[1]).toMatchObject({
    outcome: "error",
    failure: { message: "worker 2 left no report: pod x: gone; job beside failed" },
  });
  const run = shards === undefined ? {} : { shards };
  expect(judge({ subject: "d", cases: joined, features: [], run }).outcome).toBe("incomplete");
  expect(joinWorkers({ order, cases }, { reports: new Map(), lost: new Map() }).shards).toBeUndefined();
});

test("a report of other cases than were ordered is refused, and so are two drivers", () => {
  const twice = new Map([[1, taken(["a/1"])]]);
  expect(() => joinWorkers({ order, cases }, { reports: twice, lost: new Map() })).toThrow(
    "worker 2 was to run a/2, and its report holds a/1",
  );
  const changed = new Map([
    [0, taken(["a/1", "a/3"])],
    [1, taken(["a/2"], "sha256:2")],
  ]);
  expect(() => joinWorkers({ order, cases }, { reports: changed, lost: new Map() })).toThrow(
    "different drivers",
  );
});
