// SPDX-License-Identifier: Apache-2.0
import { join } from "node:path";
import { KitError } from "../../support/errors.ts";
import { exec } from "../../support/exec.ts";
import type { Say } from "./artefact-store.ts";
import { ensureGoBundle } from "./go-bundle.ts";
import { explainPullFailure } from "./pull-failure.ts";
import { bundlesOf } from "./programs.ts";
import type { ImageRecipe } from "./recipe.ts";

/** Milliseconds after which a pull is given up: a node image is half a gigabyte. */
const pullTimeout = 20 * 60_000;

/** How {@link Crane.pull} stores an image: a `docker load`able file or a folder in OCI layout. */
export type PullFormat = "tarball" | "oci";

/** The registry client: it needs no container engine, and it checks all bytes of what it stores against the digest asked for. */
export class Crane {
  /** Path of the client itself. */
  readonly program: string;

  constructor(program: string) {
    this.program = program;
  }

  /**
   * Asks whether the registry has the pinned manifest.
   * @param timeout milliseconds
   * @returns undefined when it has, else why not
   * @throws KitError `IMAGE_DIGEST_MISMATCH` when it answers with another manifest
   */
  async ask(reference: string, timeout: number): Promise<string | undefined> {
    const answer = await exec([this.program, "digest", reference], { allowFailure: true, timeout });
    if (answer.exitCode === 0) return undefined;
    if (answer.exitCode === -1) return `no answer within ${String(timeout / 1000)} s`;
    const failure = explainPullFailure(answer.stderr);
    if (failure.code === "IMAGE_DIGEST_MISMATCH") throw toKitError(reference, failure);
    return failure.reason;
  }

  /**
   * Stores the image for this machine's architecture. Unlike an export, this reads and checks every byte.
   * @throws KitError `IMAGE_DIGEST_MISMATCH`, `IMAGE_UNKNOWN` or `IMAGE_PULL_FAILED`
   */
  async pull(reference: string, format: PullFormat, target: string): Promise<void> {
    const pulled = await exec(
      [this.program, "pull", "--platform", platform(), "--format", format, reference, target],
      { allowFailure: true, timeout: pullTimeout },
    );
    if (pulled.exitCode === 0) return;
    const stalled = { code: "IMAGE_PULL_FAILED", reason: "was ended, or took more than 20 minutes" } as const;
    throw toKitError(reference, pulled.exitCode === -1 ? stalled : explainPullFailure(pulled.stderr));
  }

  /** Flattens a pulled tarball into a tar archive of its file system. */
  async flatten(tarball: string, target: string): Promise<void> {
    await exec([this.program, "export", "-", target], { inputFile: tarball });
  }
}

/** Builds the client once. */
export async function ensureCrane(recipe: ImageRecipe, say: Say): Promise<Crane> {
  const [bundle] = bundlesOf(recipe, ["crane"]);
  if (bundle === undefined) throw new Error("images/recipe.yaml has no bundle with crane");
  const { folder } = await ensureGoBundle(bundle, recipe.kubernetes, say);
  return new Crane(join(folder, "crane"));
}

/** As the OCI image index names it. Source: OCI image-spec, image-index.md, platform. */
export function platform(): string {
  return `linux/${process.arch === "x64" ? "amd64" : process.arch}`;
}

function toKitError(reference: string, { code, reason }: ReturnType<typeof explainPullFailure>): KitError {
  if (code === "IMAGE_DIGEST_MISMATCH") {
    return new KitError(code, `pull ${reference}: the registry sent something else: ${reason}`, {
      hint: "do not use this registry until you know why; SEAWORTHY_IMAGES=build needs none",
    });
  }
  return new KitError(code, `pull ${reference}: ${reason}`, {
    kind: "host",
    hint: "SEAWORTHY_IMAGES=build builds everything instead",
  });
}
