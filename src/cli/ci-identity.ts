// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";

/**
 * Whether there is somebody to sign as, before anything is made; the token itself is fetched when it is needed, as it
 * lives for minutes.
 * @throws KitError `IDENTITY_MISSING` of kind `usage`
 */
export function expectIdentity(env: NodeJS.ProcessEnv = process.env): void {
  const has = (name: string): boolean => (env[name] ?? "") !== "";
  if (has("SIGSTORE_ID_TOKEN")) return;
  if (has("ACTIONS_ID_TOKEN_REQUEST_URL") && has("ACTIONS_ID_TOKEN_REQUEST_TOKEN")) return;
  throw new KitError("IDENTITY_MISSING", "sign without a key: this environment offers no identity", {
    kind: "usage",
    hint: has("GITHUB_ACTIONS")
      ? "Give the job `permissions: id-token: write`, or sign with a key: --sign-key."
      : "It works in GitHub Actions with `permissions: id-token: write`, and where SIGSTORE_ID_TOKEN holds an OpenID Connect token for the audience `sigstore`. With a key: --sign-key.",
  });
}
