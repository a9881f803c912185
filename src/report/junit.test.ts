// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { SyntaxValidator } from "fast-xml-validator";
import { expect, test } from "vitest";
import { writeJunit } from "./junit.ts";
import { tabulatePromises } from "./feature-rows.ts";
import { passedCases, sampleCase, samplePart, sampleReport } from "./report.test-data.ts";
import { troubledCases } from "./troubled-cases.test-data.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  isArray: (name) => ["testsuite", "testcase"].includes(name),
  htmlEntities: true,
  trimValues: false,
});

interface Parsed {
  testsuites: Record<string, string> & {
    testsuite: (Record<string, string> & { testcase: Record<string, unknown>[] })[];
  };
}

function parse(xml: string): Parsed["testsuites"] {
  expect(SyntaxValidator.validate(xml, { invalidCharSequence: { tagValue: true, attrLt: true } })).toBe(true);
  return (parser.parse(xml) as Parsed).testsuites;
}

test("four passed cases and their claims are all green", () => {
  const root = parse(writeJunit(sampleReport()));
  expect(root).toMatchObject({
    name: "Seaworthy: local.seaworthy.dev 0.1.0",
    tests: "10",
    failures: "0",
    errors: "0",
    skipped: "0",
    time: "291.300",
  });
  expect(root.testsuite.map(({ name, tests }) => `${String(name)} ${String(tests)}`)).toEqual([
    "placement 3",
    "snapshot 1",
    "claims 6",
  ]);
  expect(root.testsuite[1]?.testcase[0]).toMatchObject({
    name: passedCases()[3]?.title,
    classname: "snapshot/restore-keeps-the-moment",
    file: "suites/snapshot/restore-keeps-the-moment.case.ts",
    time: "52.140",
  });
});

test("failure, error and skip are told apart, and nothing hostile gets out of its text", () => {
  const root = parse(writeJunit(sampleReport({ cases: troubledCases() })));
  expect(root).toMatchObject({ failures: "2", errors: "1", skipped: "1" });
  const [failed, error, skipped] = root.testsuite[0]?.testcase ?? [];
  expect(failed).toMatchObject({
    failure: { message: "volume sw-3f3a9c is not where its pod is", type: "topo/disk-follows-pod" },
  });
  expect(JSON.stringify(failed)).toContain("<script>alert(document.domain)</script>");
  expect(failed?.["system-out"]).toContain("[[ATTACHMENT|evidence/placement/disk-follows-pod/events.txt]]");
  expect(error).toMatchObject({
    error: { message: "create pod writer: the API server did not answer within 60 s" },
  });
  expect(skipped).toMatchObject({ skipped: { message: "needs 3 zones, the cluster has 1" } });
});

test.each([
  [
    "a claim nobody checked",
    { promises: tabulatePromises({ claimed: ["capacity"], announced: undefined }) },
    "failure",
  ],
  [
    "a claim the driver contradicts",
    {
      promises: tabulatePromises({
        claimed: ["topology"],
        announced: { identity: [], controller: [], node: [] },
      }),
    },
    "failure",
  ],
  [
    "a claim outside of a partial run",
    {
      promises: tabulatePromises({ claimed: ["capacity"], announced: undefined }),
      run: { ...sampleReport().run, selection: { cases: ["placement"], features: [] } },
    },
    "skipped",
  ],
])("%s is a %s", (_what, changes, kind) => {
  const claims = parse(writeJunit(sampleReport(changes))).testsuite.at(-1);
  expect(claims?.testcase[0]).toHaveProperty(kind);
});

test("a claim outside of the part that ran says so", () => {
  const claims = parse(writeJunit(sampleReport(samplePart))).testsuite.at(-1);
  const skipped = claims?.testcase.filter((one) => "skipped" in one);
  expect(skipped?.map(({ classname }) => classname)).toEqual(["claims/snapshot", "claims/restore"]);
  expect(skipped?.[0]?.["skipped"]).toEqual({ message: "not part of this run" });
});

test("whatever a cluster says, the document is well-formed and says it", () => {
  const text = fc.string({
    unit: fc.constantFrom(
      "a",
      "<",
      ">",
      "&",
      '"',
      "'",
      "]]>",
      "&#0;",
      "-->",
      " ",
      "é",
      "😀",
      "\u0000",
      "\u0007",
      "\u001b",
      "\ufffe",
      "\ud800",
    ),
  });
  fc.assert(
    fc.property(text, (message) => {
      const root = parse(
        writeJunit(
          sampleReport({ cases: [sampleCase({ outcome: "failed", failure: { message, seen: message } })] }),
        ),
      );
      const { failure } = root.testsuite[0]?.testcase[0] as { failure: { message: string } };
      expect(failure.message).toBe(message.replaceAll(/[\u0000\u0007\u001b\ufffe]|\p{Surrogate}/gu, ""));
    }),
  );
});
