// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";
import { KitError, toError } from "../support/errors.ts";
import { type ConformanceReport, conformanceReport } from "./model.ts";

/** The report as JSON text; fields always in the model's order. */
export function writeJson(report: ConformanceReport): string {
  return `${JSON.stringify(conformanceReport.parse(report), null, 2)}\n`;
}

/**
 * Reads a report back.
 * @param file only named in messages
 * @throws KitError `REPORT_INVALID` of kind `usage`
 */
export function parseReport(text: string, file: string): ConformanceReport {
  const parsed = conformanceReport.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const problems = z.prettifyError(parsed.error).split("\n").join(" ");
  throw new KitError("REPORT_INVALID", `read ${file}: not a report of this version: ${problems}`, {
    kind: "usage",
  });
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    const cause = toError(thrown);
    throw new KitError("REPORT_INVALID", `read ${file}: ${cause.message}`, { kind: "usage", cause });
  }
}
