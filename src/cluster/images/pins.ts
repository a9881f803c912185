// SPDX-License-Identifier: Apache-2.0
import { resolve } from "node:path";
import { z } from "zod";
import { KitError } from "../../support/errors.ts";
import { suggest } from "../../support/suggest.ts";
import { readYaml } from "../../support/yaml.ts";

const registryAndRepository = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?:\/[a-z0-9._-]+)+/;
const digest = /@sha256:[0-9a-f]{64}$/;
const pinned = (tag: RegExp): RegExp =>
  new RegExp(`${registryAndRepository.source}:${tag.source}${digest.source}`);

const pin = z
  .string()
  .regex(
    pinned(/[A-Za-z0-9_][A-Za-z0-9_.-]*/),
    "expected <registry>/<repository>:<tag>@sha256:<64 hexadecimal digits>",
  );

/** Images the kit may pull instead of building, each by digest. The tag is for people, the digest decides. */
export const imagePins = z.strictObject({
  node: z
    .string()
    .regex(
      pinned(/v\d+\.\d+\.\d+/),
      "expected <registry>/<repository>:<Kubernetes version>@sha256:<64 hexadecimal digits>",
    )
    .describe("A kind node image; its tag is the Kubernetes version it holds, like v1.36.4"),
  images: z
    .record(z.string(), pin)
    .default({})
    .describe("Sidecar program → image that holds it; a sidecar that is not named here is always built"),
});

const pinsFile = z.strictObject({
  apiVersion: z.literal("seaworthy.dev/v1"),
  kind: z.literal("ImagePins"),
  ...imagePins.shape,
});

export type ImagePins = z.infer<typeof imagePins>;

/**
 * The pins in force: those of the file that `SEAWORTHY_PINS` names (a mirror's, say), else the recipe's.
 * @param sidecars programs an image may be pinned for
 * @throws KitError of kind `usage` for a bad file or a pin of something else
 */
export async function readPins(recipePins: ImagePins, sidecars: readonly string[]): Promise<ImagePins> {
  const file = process.env["SEAWORTHY_PINS"];
  const { node, images } =
    file === undefined || file === "" ? recipePins : await readYaml(resolve(file), pinsFile);
  const unknown = Object.keys(images).find((program) => !sidecars.includes(program));
  if (unknown === undefined) return { node, images };
  const near = suggest(unknown, sidecars);
  throw new KitError(
    "PIN_UNKNOWN",
    `${file ?? "images/recipe.yaml"} pins an image for ${unknown}, which is no sidecar`,
    {
      kind: "usage",
      hint: near === undefined ? `sidecars are ${sidecars.join(", ")}` : `did you mean ${near}?`,
    },
  );
}

/** The parts of a pinned reference. */
export interface PinParts {
  /** Host, with the port when it is not the usual one. */
  readonly registry: string;
  readonly tag: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Takes a reference apart that {@link imagePins} has accepted. */
export function parsePin(reference: string): PinParts {
  const [name = "", sha256 = ""] = reference.split("@sha256:");
  return {
    registry: name.slice(0, name.indexOf("/")),
    tag: name.slice(name.lastIndexOf(":") + 1),
    sha256,
  };
}

/** Every choice of sidecar pins beside the node's, fullest first: those whose registry answers are pulled, the others built. */
export function pinChoices(pins: ImagePins): ImagePins[] {
  const none: [string, string][][] = [[]];
  const choices = Object.entries(pins.images).reduce(
    (sets, entry) => sets.flatMap((set) => [[...set, entry], set]),
    none,
  );
  return choices
    .toSorted((a, b) => b.length - a.length)
    .map((entries) => ({ node: pins.node, images: Object.fromEntries(entries) }));
}
