// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parsePin } from "./pins.ts";
import { builtNodePrograms, cutBundles, hostPrograms, sidecars } from "./programs.ts";
import { readImageRecipe } from "./recipe.ts";

const recipe = await readImageRecipe();

test("Every program of the recipe is built by exactly one bundle", () => {
  const built = recipe.bundles.flatMap((bundle) => bundle.programs.map(({ name }) => name));
  expect(new Set(built).size).toBe(built.length);
  for (const name of [...builtNodePrograms(recipe), ...hostPrograms, "crane"]) expect(built).toContain(name);
});

test("A pinned sidecar has the tag that manifests ask for", () => {
  for (const [program, reference] of Object.entries(recipe.pull.images)) {
    expect(sidecars(recipe)).toContain(program);
    const names = recipe.images.find((image) => image.program === program)?.names;
    expect(names?.map((name) => name.split(":").at(-1))).toEqual([parsePin(reference).tag]);
  }
});

test("A pulled node has the minor version of Kubernetes that is built", () => {
  const minor = (version: string): string => version.split(".").slice(0, 2).join(".");
  expect(minor(parsePin(recipe.pull.node).tag)).toBe(minor(recipe.kubernetes));
});

test("A cut bundle builds only what was asked for, from the same modules", () => {
  const [cut, ...others] = cutBundles(recipe, ["csi-snapshotter", "snapshot-controller"]);
  expect(others).toEqual([]);
  expect(cut?.name).toBe("kubernetes");
  expect(cut?.programs.map(({ name }) => name)).toEqual(["csi-snapshotter", "snapshot-controller"]);
});
