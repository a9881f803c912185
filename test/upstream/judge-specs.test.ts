// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSanityResults } from "../../reference-driver/test/sanity-results.ts";
import { judgeSpecs } from "./judge-specs.ts";

/** As `e2e.test --ginkgo.junit-report` writes it. */
const junit = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="7907" disabled="7904" errors="0" failures="1" time="90.5">
  <testsuite name="Kubernetes e2e suite" package="/somewhere" tests="7907">
    <testcase name="[SynchronizedBeforeSuite]" classname="Kubernetes e2e suite" status="passed" time="0.5"></testcase>
    <testcase name="[It] restores it [Slow]" classname="Kubernetes e2e suite" status="passed" time="73.8"></testcase>
    <testcase name="[It] clones" classname="Kubernetes e2e suite" status="failed" time="61.25">
      <failure message="Failed to find &#34;hello&#34;" type="failed">at somewhere</failure>
    </testcase>
    <testcase name="[It] another driver" classname="Kubernetes e2e suite" status="skipped" time="0">
      <skipped message="skipped"></skipped>
    </testcase>
  </testsuite>
</testsuites>
`;

test("what ran is read with its time; what the focus left out is not there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-junit-"));
  try {
    await writeFile(join(folder, "junit.xml"), junit);
    expect(await readSanityResults(join(folder, "junit.xml"))).toEqual([
      { name: "restores it [Slow]", status: "passed", seconds: 73.8 },
      { name: "clones", status: "failed", seconds: 61.25 },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const specs = [
  { name: "restores", status: "passed", seconds: 1 },
  { name: "clones", status: "failed", seconds: 1 },
  { name: "grows", status: "failed", seconds: 1 },
] as const;

test("a test that the good driver does not pass says nothing", () => {
  expect(judgeSpecs(["restores", "clones"], specs)).toEqual({
    passed: 1,
    passes: ["restores"],
    failed: ["clones"],
  });
});

test("no verdict when nothing ran that the good driver passes", () => {
  expect(() => judgeSpecs(["moves"], specs)).toThrow("no test ran");
});
