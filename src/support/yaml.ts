// SPDX-License-Identifier: Apache-2.0
import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { KitError, toError } from "./errors.ts";
import { suggest } from "./suggest.ts";
import { YamlPositions } from "./yaml-position.ts";
import { explainIssues, formatPath } from "./yaml-problems.ts";

/**
 * Reads one YAML document and checks it against a schema.
 * @throws KitError of kind `usage`: `YAML_MISSING`, `YAML_UNREADABLE`, and those of {@link parseYaml}.
 */
export async function readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return parseYaml(await readText(file), file, schema);
}

/**
 * Checks YAML text against a schema. Every problem is listed with its file and line, what was found and what was expected.
 * @param file only named in messages
 * @throws KitError of kind `usage`: `YAML_SYNTAX` or `YAML_INVALID`, with `details.problems`.
 */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positions = new YamlPositions(document, lines);
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    const located = broken.map((error) => ({
      line: positions.lineAt(error.pos[0]),
      text: plain(error.message),
    }));
    throw invalid("YAML_SYNTAX", file, located, "The file is not one well-formed YAML document.");
  }
  const value = toValue(document, file);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = explainIssues(parsed.error.issues, schema, value).map(({ path, text: problem }) => ({
    line: positions.lineOf(path),
    text: `${formatPath(path)}: ${problem}`,
  }));
  throw invalid("YAML_INVALID", file, problems, "Correct the lines named; nothing was changed.");
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (thrown) {
    const error = toError(thrown);
    if ("code" in error && error.code === "ENOENT") throw await missing(file, error);
    throw new KitError("YAML_UNREADABLE", `read ${display(file)}: ${error.message}`, {
      kind: "usage",
      cause: error,
    });
  }
}

async function missing(file: string, cause: Error): Promise<KitError> {
  const siblings = await readdir(dirname(file)).catch(() => undefined);
  const names = siblings?.filter((name) => /\.ya?ml$/.test(name)).sort() ?? [];
  const near = suggest(basename(file), names);
  const hint =
    near !== undefined
      ? `Did you mean ${near}?`
      : names.length > 0
        ? `In the same folder: ${names.join(", ")}.`
        : "Check the path; it is read from the current folder.";
  return new KitError("YAML_MISSING", `read ${display(file)}: there is no such file`, {
    kind: "usage",
    cause,
    hint,
  });
}

function toValue(document: { toJS(): unknown }, file: string): unknown {
  try {
    return document.toJS();
  } catch (thrown) {
    const text = plain(toError(thrown).message);
    const options = { kind: "usage", cause: thrown, hint: "Write the repeated parts out." } as const;
    throw new KitError("YAML_SYNTAX", `${display(file)}:1: ${text}`, options);
  }
}

interface Located {
  readonly line: number;
  readonly text: string;
}

function invalid(code: string, file: string, problems: readonly Located[], hint: string): KitError {
  const where = display(file);
  const sorted = problems.toSorted((a, b) => a.line - b.line);
  const lines = sorted.map(({ line, text }) => `${where}:${String(line)}: ${text}`);
  const message =
    lines.length === 1
      ? lines.join("")
      : [`${where}: ${String(lines.length)} problems`, ...lines].join("\n  ");
  return new KitError(code, message, { kind: "usage", hint, details: { problems: sorted } });
}

function display(file: string): string {
  const path = relative("", file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? file : path;
}

function plain(message: string): string {
  return message.split("\n")[0]?.trim() ?? message;
}
