// SPDX-License-Identifier: Apache-2.0
import type { z } from "zod";

/** The field names a schema knows at a path; empty where it takes any name or is no mapping. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let schemas = unwrap(schema);
  for (const key of path) schemas = schemas.flatMap((each) => step(each, key)).flatMap(unwrap);
  return schemas.flatMap((each) =>
    each._zod.def.type === "object" ? Object.keys(defOf(each).shape ?? {}) : [],
  );
}

/** The parts of zod's definitions that lead from a schema to the schemas inside it. */
interface Def {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
}

function defOf(schema: z.core.$ZodType): Def {
  return schema._zod.def as Def;
}

/** Sees through optional, default, pipe and union to the schemas that decide about a value. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = defOf(schema);
  if (def.options !== undefined) return def.options.flatMap(unwrap);
  const inner = def.innerType ?? def.in;
  return inner === undefined ? [schema] : unwrap(inner);
}

function step(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  const def = defOf(schema);
  const next = def.shape?.[String(key)] ?? def.element ?? def.valueType;
  return next === undefined ? [] : [next];
}
