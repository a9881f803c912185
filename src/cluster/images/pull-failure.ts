// SPDX-License-Identifier: Apache-2.0

/** Why an image could not be had. */
export interface PullFailure {
  /** `IMAGE_DIGEST_MISMATCH`: other bytes than the digest stands for; never to be passed over. */
  readonly code: "IMAGE_DIGEST_MISMATCH" | "IMAGE_UNKNOWN" | "IMAGE_PULL_FAILED";
  readonly reason: string;
}

const patterns = [
  {
    code: "IMAGE_DIGEST_MISMATCH",
    pattern: /does not match requested digest|error verifying (?:sha256|size)/,
  },
  { code: "IMAGE_UNKNOWN", pattern: /(?:MANIFEST|NAME|BLOB)_UNKNOWN/ },
] as const;

/** Reads the reason out of what the registry client wrote on standard error. */
export function explainPullFailure(stderr: string): PullFailure {
  const lines = stderr.trim().split("\n");
  const last = (lines.findLast((line) => line.startsWith("Error: ")) ?? lines.at(-1) ?? "").replace(
    /^Error: /,
    "",
  );
  const code = patterns.find(({ pattern }) => pattern.test(stderr))?.code ?? "IMAGE_PULL_FAILED";
  return { code, reason: last === "" ? "the registry client said nothing" : last };
}
