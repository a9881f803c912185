// SPDX-License-Identifier: Apache-2.0
import type { z } from "zod";
import { suggest } from "./suggest.ts";
import { knownKeys } from "./zod-keys.ts";

/** One thing wrong with a value: where, and in words. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

type Issue = z.core.$ZodIssue;

/** Says of each issue of a schema what was found and what was expected. */
export function explainIssues(issues: readonly Issue[], schema: z.core.$ZodType, value: unknown): Problem[] {
  return issues.flatMap((issue) =>
    explain({ ...issue, input: valueAt(value, issue.path) } as Issue, { schema, value }),
  );
}

/** What an issue is read against. */
interface Subject {
  readonly schema: z.core.$ZodType;
  readonly value: unknown;
}

/** `spec.features[2]`, or `the file` for its root. */
export function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "the file";
  return path
    .map((key, index) =>
      typeof key === "number" ? `[${String(key)}]` : `${index === 0 ? "" : "."}${String(key)}`,
    )
    .join("");
}

function explain(issue: Issue, subject: Subject): Problem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownField(issue, key, subject.schema));
  if (issue.code === "invalid_union") return explainUnion(issue, subject);
  if (issue.code === "invalid_key")
    return [{ path: issue.path, text: `the name is not allowed: ${nested(issue.issues)}` }];
  const found = issue.input === undefined ? "found nothing" : `found ${show(issue.input)}`;
  return [{ path: issue.path, text: `${found}, expected ${expectation(issue)}` }];
}

function nested(issues: readonly Issue[]): string {
  return issues.map((issue) => `expected ${expectation(issue)}`).join("; ");
}

function unknownField(issue: Issue, key: string, schema: z.core.$ZodType): Problem {
  const known = knownKeys(schema, issue.path);
  const near = suggest(key, known);
  const expected =
    near === undefined ? `expected one of ${[...new Set(known)].sort().join(", ")}` : `did you mean ${near}?`;
  return { path: [...issue.path, key], text: `unknown field, ${expected}` };
}

/** Reports the alternative that came nearest; when none has the right kind, all kinds at once. */
function explainUnion(issue: Issue & { code: "invalid_union" }, subject: Subject): Problem[] {
  const branches = issue.errors.filter((errors) => !errors.some((error) => isWrongKind(error)));
  const nearest = branches.toSorted((a, b) => a.length - b.length)[0];
  if (nearest !== undefined) {
    return nearest.flatMap((error) => {
      const path = [...issue.path, ...error.path];
      return explain({ ...error, path, input: valueAt(subject.value, path) } as Issue, subject);
    });
  }
  const kinds = issue.errors.flatMap((errors) => errors.filter(isWrongKind).map(expectation));
  const expected = kinds.length === 0 ? issue.message : [...new Set(kinds)].join(" or ");
  return [{ path: issue.path, text: `found ${show(issue.input)}, expected ${expected}` }];
}

function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
  date: "a date",
};

function expectation(issue: Issue): string {
  if (issue.code === "invalid_type") return kinds[issue.expected] ?? issue.expected;
  if (issue.code === "invalid_value") return choice(issue);
  if (issue.code === "too_small") return bound(issue, "at least", "more than", issue.minimum);
  if (issue.code === "too_big") return bound(issue, "at most", "less than", issue.maximum);
  if (issue.code === "invalid_format") return format(issue);
  if (issue.code === "not_multiple_of") return `a multiple of ${String(issue.divisor)}`;
  return issue.message;
}

type BoundIssue = Issue & { code: "too_small" | "too_big" };

function bound(issue: BoundIssue, inclusive: string, exclusive: string, limit: number | bigint): string {
  const how = issue.exact === true ? "exactly" : issue.inclusive === false ? exclusive : inclusive;
  return `${how} ${amount(issue, limit)}`;
}

/** A schema's own words when it has some, else the pattern. */
function format(issue: Issue & { code: "invalid_format" }): string {
  if (!issue.message.startsWith("Invalid")) return issue.message;
  return issue.format === "regex" && issue.pattern !== undefined
    ? `a text like ${issue.pattern}`
    : `a valid ${issue.format}`;
}

function choice(issue: Issue & { code: "invalid_value" }): string {
  const values = issue.values.map(String);
  const near = typeof issue.input === "string" ? suggest(issue.input, values) : undefined;
  const list = values.length === 1 ? show(values[0]) : `one of ${values.join(", ")}`;
  return near === undefined || values.length === 1 ? list : `${list} (did you mean ${near}?)`;
}

function amount(issue: { readonly origin: string }, bound: number | bigint): string {
  const unit = { array: "item", string: "character", set: "item" }[issue.origin];
  return unit === undefined ? String(bound) : `${String(bound)} ${unit}${Number(bound) === 1 ? "" : "s"}`;
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value !== null && typeof value === "object") return "a mapping";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    return at !== null && typeof at === "object" && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
  }, value);
}
