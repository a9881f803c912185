// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { BundleJudge } from "../report/attest/bundle.ts";
import type { ExpectedSigner } from "../report/attest/judge-bundle.ts";
import { readVerifyingKey } from "../report/attest/keys.ts";
import type { Trust } from "../report/attest/verify.ts";
import { KitError, toError } from "../support/errors.ts";
import { readKeyFile } from "./key-file.ts";

/** What the command line says about who must have signed. */
export interface TrustOptions {
  readonly key?: string;
  readonly certificateIdentity?: string;
  readonly certificateOidcIssuer?: string;
  readonly githubRepository?: string;
  readonly trustedRoot?: string;
}

const githubIssuer = "https://token.actions.githubusercontent.com";

/** Adds the options by which a command is told who must have signed. @param what names what is signed */
export function addTrustOptions(command: Command, what: string): Command {
  return command
    .option("--key <file>", `public key in PEM; ${what} must be signed with it`)
    .option("--certificate-identity <subject>", `${what} must be signed without a key, as this subject`)
    .option("--certificate-oidc-issuer <url>", "who must have vouched for that subject")
    .option(
      "--github-repository <owner/name>",
      `${what} must be signed by a GitHub workflow of this repository`,
    )
    .option(
      "--trusted-root <file>",
      "trusted root of Sigstore, or of an instance of yours (default: fetched)",
    );
}

/**
 * Reads whom to trust; only a signature without a key needs the network, and that only without --trusted-root.
 * @throws KitError of kind `usage`: `TRUST_INCOMPLETE`, `TRUSTED_ROOT_INVALID`, those of the key; of kind `host`:
 * `TRUSTED_ROOT_UNREACHABLE`
 */
export async function readTrust(options: TrustOptions): Promise<Trust> {
  const { key } = options;
  const signer = expectedSigner(options);
  return {
    ...(key === undefined ? {} : { key: await readKeyFile(key, readVerifyingKey) }),
    ...(signer === undefined ? {} : { judgeBundle: await readJudge(signer, options.trustedRoot) }),
  };
}

function expectedSigner(options: TrustOptions): ExpectedSigner | undefined {
  const { certificateIdentity: identity, githubRepository: repository } = options;
  const issuer = options.certificateOidcIssuer ?? (repository === undefined ? undefined : githubIssuer);
  if (identity === undefined && repository === undefined) {
    if (issuer === undefined && options.trustedRoot === undefined) return undefined;
    throw incomplete("nobody is named who must have signed");
  }
  if (issuer === undefined) throw incomplete("--certificate-identity alone: anybody may have vouched for it");
  if (repository !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw incomplete(`--github-repository ${repository}: not owner/name`);
  return {
    issuer,
    ...(identity === undefined ? {} : { identity }),
    ...(repository === undefined ? {} : { repository: `https://github.com/${repository}` }),
  };
}

function incomplete(why: string): KitError {
  return new KitError("TRUST_INCOMPLETE", `check a signature without a key: ${why}`, {
    kind: "usage",
    hint: "Give --certificate-identity with --certificate-oidc-issuer, or --github-repository.",
  });
}

async function readJudge(signer: ExpectedSigner, file: string | undefined): Promise<BundleJudge> {
  // a tenth of a second each to load, which no other command needs
  const { bundleJudge } = await import("../report/attest/judge-bundle.ts");
  if (file !== undefined) return bundleJudge(await readRoot(file), file, signer);
  const { fetchTrustedRoot } = await import("./public-trusted-root.ts");
  return bundleJudge(await fetchTrustedRoot(), "Sigstore's trusted root", signer);
}

async function readRoot(file: string): Promise<string> {
  return readFile(file, "utf8").catch((thrown: unknown) => {
    throw new KitError("TRUSTED_ROOT_INVALID", `read trusted root ${file}: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
    });
  });
}
