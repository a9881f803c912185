// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

/** How one spec of csi-sanity, or of another suite on Ginkgo, ended. */
export interface SpecResult {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped" | "pending";
  /** How long it took. */
  readonly seconds: number;
  /** Of a skipped one, in csi-sanity's words. */
  readonly reason?: string;
}

const junit = z.object({
  testsuites: z.object({
    testsuite: z.array(
      z.object({
        testcase: z.array(
          z.object({
            name: z.string(),
            status: z.string(),
            time: z.coerce.number().default(0),
            skipped: z.object({ message: z.string() }).optional(),
          }),
        ),
      }),
    ),
  }),
});

/** The specs in a JUnit file that csi-sanity (Ginkgo) wrote; its own hooks and reports left out. */
export async function readSanityResults(file: string): Promise<SpecResult[]> {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => name === "testsuite" || name === "testcase",
  });
  const parsed = junit.parse(parser.parse(await readFile(file, "utf8")));
  return parsed.testsuites.testsuite.flatMap(({ testcase }) => testcase.flatMap(readSpec));
}

const IT = "[It] ";

function readSpec({
  name,
  status,
  time: seconds,
  skipped,
}: {
  name: string;
  status: string;
  time: number;
  skipped?: { message: string } | undefined;
}): SpecResult[] {
  if (!name.startsWith(IT)) return [];
  const spec = name.slice(IT.length);
  if (status === "passed" || status === "pending") return [{ name: spec, status, seconds }];
  if (status !== "skipped") return [{ name: spec, status: "failed", seconds }];
  const reason = (skipped?.message ?? "").replace(/^skipped( - )?/, "");
  // One that the command line left out was not asked for.
  return reason === "" ? [] : [{ name: spec, status, seconds, reason }];
}
