// SPDX-License-Identifier: Apache-2.0
import { parseAllDocuments } from "yaml";
import { KitError } from "./errors.ts";

/**
 * The documents of a YAML text, empty ones left out.
 * @param file only named in messages
 * @throws KitError `YAML_SYNTAX` of kind `usage`
 */
export function parseYamlDocuments(text: string, file: string): unknown[] {
  const values: unknown[] = [];
  for (const document of parseAllDocuments(text)) {
    const problem = document.errors[0];
    if (problem !== undefined)
      throw new KitError("YAML_SYNTAX", `${file}: ${problem.message.split("\n")[0] ?? ""}`, {
        kind: "usage",
      });
    const value: unknown = document.toJS();
    if (value !== null && value !== undefined) values.push(value);
  }
  return values;
}
