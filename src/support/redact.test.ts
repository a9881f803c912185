// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { redactObject, redactText } from "./redact.ts";

test.each([
  ["authorization: Bearer abcdefghijkl", "authorization: Bearer [redacted]"],
  ["password=hunter2 user=me", "password=[redacted] user=me"],
  ['{"apiToken":"s3cr3t"}', '{"apiToken":[redacted]}'],
  ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", "[redacted]"],
  ["eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJl.c2ln", "[redacted]"],
  ["volume pvc-1 created on node-2", "volume pvc-1 created on node-2"],
])("%j becomes %j", (text, redacted) => {
  expect(redactText(text)).toBe(redacted);
});

test("Secrets lose their data, references keep their names", () => {
  expect(redactObject({ kind: "Secret", metadata: { name: "a" }, data: { x: "eA==" } })).toEqual({
    kind: "Secret",
    metadata: { name: "a" },
    data: "[redacted]",
  });
  expect(redactObject({ secretName: "a", clientSecret: "b", terms: [{ password: "c" }] })).toEqual({
    secretName: "a",
    clientSecret: "[redacted]",
    terms: [{ password: "[redacted]" }],
  });
});
