// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { redactObject, redactText } from "./redact.ts";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJl.c2ln";
const pem = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----";

test.each([
  ["authorization: Bearer abcdefghijkl", "authorization: Bearer [redacted]"],
  ["Authorization: Basic dXNlcjpwdw==", "Authorization: Basic [redacted]"],
  ["authorization: AWS4-HMAC-SHA256", "authorization: [redacted]"],
  ["password=hunter2 user=me", "password=[redacted] user=me"],
  ["--password hunter2 --v=5", "--password [redacted] --v=5"],
  ['password="hunter2', "password=[redacted]"],
  ["--token=abc --v=5", "--token=[redacted] --v=5"],
  ['{"apiToken":"s3cr3t"}', '{"apiToken":[redacted]}'],
  [
    String.raw`request="{\"password\":\"hunter2\",\"size\":1}"`,
    String.raw`request="{\"password\":[redacted],\"size\":1}"`,
  ],
  ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY=[redacted]"],
  ["id AKIAIOSFODNN7EXAMPLE used", "id [redacted] used"],
  ["ghp_0123456789abcdefghijABCDEFGHIJ012345 x", "[redacted] x"],
  ["https://user:pa55@host/x", "https://user:[redacted]@host/x"],
  [pem, "[redacted]"],
  [`a\n${pem}\nb`, "a\n[redacted]\nb"],
  [pem.replaceAll("\n", "\\n"), "[redacted]"],
  ["-----BEGIN PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n", "[redacted]"],
  [jwt, "[redacted]"],
  ['secrets:{key:"admin" value:"x"} name:"pvc-1"', 'secrets:[redacted] name:"pvc-1"'],
  ['node_stage_secrets:<key:"a" value:"b" > volume_id:"v"', 'node_stage_secrets:[redacted] volume_id:"v"'],
  ['"secrets":{"user":"a","key":"b"},"name":"pvc-1"', '"secrets":[redacted],"name":"pvc-1"'],
  ["Secrets:map[user:a key:b] Name:pvc-1", "Secrets:[redacted] Name:pvc-1"],
])("%j becomes %j", (text, redacted) => {
  expect(redactText(text)).toBe(redacted);
});

test.each([
  "volume pvc-1 created on node-2",
  'E1121 05:40:12.123456 1 controller.go:1] "Volume not found" volumeID="sw-3f3a9c" err="rpc error: code = NotFound"',
  "sha256:4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e4c1e",
  "2026-11-21T05:40:12.000Z Normal Pod/writer Scheduled: assigned to sw-three-zones-worker2",
  "topology.kubernetes.io/zone=zone-a, seaworthy certify --driver reference --cluster three-zones",
  'secret "csi-credentials" not found',
])("%j stays as it is", (text) => {
  expect(redactText(text)).toBe(text);
});

test("what is redacted stays so, and no secret survives in any surroundings", () => {
  const secret = "hunter2hunter2";
  const said = fc.constantFrom(
    `password=${secret}`,
    `"token": "${secret}"`,
    `Bearer ${secret}`,
    `secrets:{key:"k" value:"${secret}"}`,
    `-----BEGIN EC PRIVATE KEY-----\n${secret}\n-----END EC PRIVATE KEY-----`,
    `postgres://me:${secret}@db/x`,
  );
  fc.assert(
    fc.property(fc.string(), said, fc.string(), (before, middle, after) => {
      const clean = redactText(`${before}\n${middle}\n${after}`);
      expect(clean).not.toContain(secret);
      expect(redactText(clean)).toBe(clean);
    }),
  );
});

test.each([
  "-----BEGIN A-----\n",
  "-----BEGIN A-----{",
  "secrets:{",
  "secrets:map[",
  "password",
  "--token ",
  '\\"token\\":',
  "-eyJaaaaaaaa",
  "://a:",
])("a log full of %j takes no more than linear time", { timeout: 60_000 }, (piece) => {
  const before = process.cpuUsage();
  redactText(piece.repeat(250_000 / piece.length));
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
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

test("environment variables and the secrets of a request lose their values, lists of references stay", () => {
  expect(
    redactObject({
      env: [
        { name: "DB_PASSWORD", value: "x" },
        { name: "LEVEL", value: "5" },
      ],
    }),
  ).toEqual({
    env: [
      { name: "DB_PASSWORD", value: "[redacted]" },
      { name: "LEVEL", value: "5" },
    ],
  });
  expect(redactObject({ secrets: { user: "a" }, imagePullSecrets: [{ name: "r" }] })).toEqual({
    secrets: "[redacted]",
    imagePullSecrets: [{ name: "r" }],
  });
});
