// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { explainPullFailure } from "./pull-failure.ts";

test.for([
  [
    "a changed layer",
    'Error: saving tarball x: error verifying sha256 checksum after reading 9 bytes; got "sha256:a", want "sha256:b"',
    "IMAGE_DIGEST_MISMATCH",
  ],
  [
    "a changed manifest",
    '2026/01/02 03:04:05 HEAD request failed, falling back on GET: HEAD http://x\nError: manifest digest: "sha256:a" does not match requested digest: "sha256:b" for "x/y@sha256:b"',
    "IMAGE_DIGEST_MISMATCH",
  ],
  ["an unknown digest", "Error: GET http://x: MANIFEST_UNKNOWN: Unknown manifest", "IMAGE_UNKNOWN"],
  ["no connection", "Error: dial tcp 127.0.0.1:1: connect: connection refused", "IMAGE_PULL_FAILED"],
  ["silence", "", "IMAGE_PULL_FAILED"],
] as const)("%s is recognised", ([, stderr, code]) => {
  const failure = explainPullFailure(stderr);
  expect(failure.code).toBe(code);
  expect(failure.reason).not.toMatch(/^Error: |\n|^$/);
});
