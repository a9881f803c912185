// SPDX-License-Identifier: Apache-2.0
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { KitError } from "../support/errors.ts";
import { packageRoot } from "../support/paths.ts";
import { readYaml } from "../support/yaml.ts";

/** Which of the founding articles describes the behaviour. */
const source = z
  .enum(["S", "L", "Z", "V"])
  .describe("S: snapshot and topology, L: dynamic local storage, Z: multi-zone disks, V: volume life cycle");

const requirement = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z]+\/[a-z]+(-[a-z]+)*$/, "area/name in lower case")
    .describe("Stable; cases point at it"),
  title: z.string().min(1),
  text: z.string().min(1),
  sources: z.array(source).min(1),
});

/** `fixtures/requirements/*.yaml`: one area of what a driver has to do. */
export const requirementFile = z.strictObject({
  area: z.string().regex(/^[a-z]+(-[a-z]+)*$/, "lower-case words with hyphens"),
  title: z.string().min(1),
  requirements: z.array(requirement).min(1),
});

/** Something a driver has to do, independent of how it is checked. */
export interface Requirement extends z.infer<typeof requirement> {
  /** The file it stands in: `snapshot`, `topology`, … */
  readonly area: string;
  /** What people call the area. */
  readonly areaTitle: string;
}

/**
 * All requirements: areas by file name, within an area as written.
 * @throws KitError: those of `readYaml`, and `REQUIREMENT_TWICE`
 */
export async function loadRequirements(
  folder = join(packageRoot, "fixtures/requirements"),
): Promise<Requirement[]> {
  const files = (await Array.fromAsync(glob("*.yaml", { cwd: folder }))).sort();
  const all = new Map<string, Requirement>();
  for (const file of files) {
    const { area, title, requirements } = await readYaml(join(folder, file), requirementFile);
    for (const one of requirements) {
      if (all.has(one.id))
        throw new KitError("REQUIREMENT_TWICE", `${join(folder, file)}: ${one.id} is already defined`);
      all.set(one.id, { ...one, area, areaTitle: title });
    }
  }
  return [...all.values()];
}
