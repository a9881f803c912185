// SPDX-License-Identifier: Apache-2.0
import { lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { relativeLink } from "../report/html/escape.ts";
import type { EvidenceText, EvidenceTexts } from "../report/html/evidence-panel.ts";
import type { ConformanceReport } from "../report/model.ts";
import { redactText } from "../support/redact.ts";

/** Of each file the page shows the last part: what went wrong stands at the end. */
const longestText = 48 * 1024;

/** The page stays small enough to open at once, however much went wrong. */
const longestPage = 3 * 1024 * 1024;

/** The texts of a report's evidence as far as its page shows them. Files that are missing are left out. */
export async function readEvidence({ cases }: ConformanceReport, folder: string): Promise<EvidenceTexts> {
  const texts = new Map<string, EvidenceText>();
  let left = longestPage;
  for (const path of cases.flatMap(({ evidence }) => evidence)) {
    if (relativeLink(path) === undefined || left <= 0) continue;
    const found = await readEnd(join(folder, path)).catch(() => undefined);
    if (found === undefined) continue;
    left -= found.text.length;
    texts.set(path, found);
  }
  return texts;
}

async function readEnd(path: string): Promise<EvidenceText | undefined> {
  // a link in someone else's report must not pull a file of this machine into the page
  if (!(await lstat(path)).isFile()) return undefined;
  await using file = await open(path);
  const { size } = await file.stat();
  const start = Math.max(0, size - longestText);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  const text = buffer.subarray(0, bytesRead).toString("utf8");
  // the first line is cut, and half a credential is not recognised as one
  const whole = start === 0 ? text : text.slice(text.indexOf("\n") + 1);
  return { text: redactText(whole), skipped: size - Buffer.byteLength(whole) };
}
