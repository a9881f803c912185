// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { bundleFile } from "../report/attest/bundle.ts";
import { attestationFile } from "../report/attest/envelope.ts";
import { type AttestedFile, killMatrixFile } from "../report/attest/statement.ts";
import { type FoundFolder, reportFile } from "../report/attest/verify.ts";
import { parseReport } from "../report/json.ts";
import type { ConformanceReport } from "../report/model.ts";
import { KitError, toError } from "../support/errors.ts";

/** What a report consists of; whatever else lies in its folder is not ours to judge. */
const ownNames: readonly string[] = [reportFile, "report.html", "junit.xml", "summary.md", killMatrixFile];
const evidenceFolder = "evidence";

/**
 * The folder of a report given by the folder itself or by its report.json.
 * @throws KitError `REPORT_MISSING` of kind `usage`
 */
export async function resolveReportFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) return resolve(path);
  if (found !== undefined && basename(path) === reportFile) return resolve(dirname(path));
  const why =
    found === undefined ? "there is no such file or folder" : `it is neither a folder nor a ${reportFile}`;
  throw new KitError("REPORT_MISSING", `read report ${path}: ${why}`, {
    kind: "usage",
    hint: `Name the folder that \`seaworthy certify\` wrote, or the ${reportFile} in it.`,
  });
}

/** Everything in a report's folder that may belong to it, with hashes. */
export async function readReportFolder(folder: string): Promise<FoundFolder> {
  const text = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), "utf8").catch(() => undefined);
  return {
    report: await text(reportFile),
    attestation: await text(attestationFile),
    bundle: await text(bundleFile),
    files: await hashFiles(folder),
  };
}

/**
 * The report of a folder.
 * @throws KitError of kind `usage`: `REPORT_MISSING`, `REPORT_INVALID`
 */
export async function readReport(folder: string): Promise<ConformanceReport> {
  const file = join(folder, reportFile);
  const text = await readFile(file, "utf8").catch((thrown: unknown) => {
    throw new KitError("REPORT_MISSING", `read ${file}: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
    });
  });
  return parseReport(text, relative("", file));
}

/** Hashes what belongs to a report, in the order of its paths. */
export async function hashFiles(folder: string): Promise<AttestedFile[]> {
  const evidence = await readdir(join(folder, evidenceFolder), {
    withFileTypes: true,
    recursive: true,
  }).catch(() => []);
  const paths = [
    ...(await readdir(folder)).filter((name) => ownNames.includes(name)),
    ...evidence
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name))),
  ];
  const files: AttestedFile[] = [];
  for (const path of paths.sort()) files.push({ path, sha256: await hashFile(join(folder, path)) });
  return files;
}

/**
 * A report holds one run: what an earlier one left would be taken for its own.
 * @throws KitError `OUT_NOT_EMPTY` of kind `usage`
 */
export async function expectNoEarlierRun(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.find(
    (name) => name === evidenceFolder || name === reportFile || name === "results.ndjson",
  );
  if (left === undefined) return;
  throw new KitError("OUT_NOT_EMPTY", `write the report to ${folder}: ${left} of an earlier run is there`, {
    kind: "usage",
    hint: "Name another folder, or delete that one.",
  });
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
