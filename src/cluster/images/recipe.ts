// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { z } from "zod";
import { packageRoot } from "../../support/paths.ts";
import { readYaml } from "../../support/yaml.ts";
import { imagePins } from "./pins.ts";

const program = z.strictObject({
  name: z.string().describe("File name of the program"),
  package: z.string().describe("Go package, as `go build` names it"),
});

const bundle = z.strictObject({
  name: z.string().describe("Folder under images/go with go.mod and go.sum"),
  versionVariables: z
    .string()
    .optional()
    .describe("Go package whose gitVersion variables get the Kubernetes version"),
  programs: z.array(program).min(1),
});

/** `images/recipe.yaml`: everything the kit can build by itself and what it may pull instead, with the pins of both. */
export const imageRecipe = z.strictObject({
  apiVersion: z.literal("seaworthy.dev/v1"),
  kind: z.literal("ImageRecipe"),
  kubernetes: z.string().regex(/^v\d+\.\d+\.\d+$/),
  debian: z.strictObject({ suite: z.string(), packages: z.array(z.string()) }),
  bundles: z.array(bundle).min(1),
  nodeFiles: z
    .record(z.string(), z.array(z.string()))
    .describe("Folder in the node's file system → programs"),
  images: z.array(
    z.strictObject({
      names: z.array(z.string()).min(1),
      program: z.string(),
      onDebian: z
        .boolean()
        .default(false)
        .describe("Put the program on the Debian base instead of on nothing"),
      sidecar: z
        .boolean()
        .default(false)
        .describe("kind's own node image has no such image: a pulled node is given it too"),
    }),
  ),
  pull: z.strictObject({
    ...imagePins.shape,
    packages: z.array(z.string()).describe("Debian packages that kind's own node image lacks"),
  }),
  moduleFiles: z.array(
    z.strictObject({ bundle: z.string(), module: z.string(), path: z.string(), as: z.string() }),
  ),
});

export type ImageRecipe = z.infer<typeof imageRecipe>;
export type GoBundle = z.infer<typeof bundle>;

/** Folder of the recipe and of the Go modules it names. */
export const imagesFolder = join(packageRoot, "images");

/** @throws KitError of kind `usage` naming file and line. */
export function readImageRecipe(): Promise<ImageRecipe> {
  return readYaml(join(imagesFolder, "recipe.yaml"), imageRecipe);
}
