// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { imagePins, parsePin, pinChoices, readPins } from "./pins.ts";

const digest = "a".repeat(64);
const node = `docker.io/kindest/node:v1.36.4@sha256:${digest}`;

afterEach(() => void vi.unstubAllEnvs());

test.for([
  [node, true],
  [`127.0.0.1:5000/node:v1.36.4@sha256:${digest}`, true],
  [`localhost:5000/deep/er/node:v1.36.4@sha256:${digest}`, true],
  ["docker.io/kindest/node:v1.36.4", false],
  [`kindest/node:v1.36.4@sha256:${digest}`, false],
  [`docker.io/kindest/node@sha256:${digest}`, false],
  [`docker.io/kindest/node:latest@sha256:${digest}`, false],
  [`docker.io/kindest/node:v1.36.4@sha256:${digest.slice(1)}`, false],
  [`docker.io/kindest/node:v1.36.4@sha256:${digest}0`, false],
  [`--insecure docker.io/kindest/node:v1.36.4@sha256:${digest}`, false],
] as const)("A node pin %s: accepted is %s", ([reference, accepted]) => {
  expect(imagePins.safeParse({ node: reference }).success).toBe(accepted);
});

test("A pin is taken apart, with a port or without", () => {
  expect(parsePin(node)).toEqual({ registry: "docker.io", tag: "v1.36.4", sha256: digest });
  expect(parsePin(`127.0.0.1:5000/a/b:v1@sha256:${digest}`)).toEqual({
    registry: "127.0.0.1:5000",
    tag: "v1",
    sha256: digest,
  });
});

test("The choices of pins begin with all and end with none", () => {
  const choices = pinChoices({ node, images: { a: "A", b: "B" } }).map(({ images }) => images);
  expect(choices).toEqual([{ a: "A", b: "B" }, { a: "A" }, { b: "B" }, {}]);
});

test("The recipe's pins hold unless a file is named", async () => {
  vi.stubEnv("SEAWORTHY_PINS", "");
  expect(await readPins({ node, images: {} }, [])).toEqual({ node, images: {} });
  vi.stubEnv("SEAWORTHY_PINS", await pinsFile(`{ node: "127.0.0.1:1/n:v1.0.0@sha256:${digest}" }`));
  expect(await readPins({ node, images: {} }, [])).toEqual({
    node: `127.0.0.1:1/n:v1.0.0@sha256:${digest}`,
    images: {},
  });
});

test("A pin of something that is no sidecar is refused with the nearest that is", async () => {
  const images = { "csi-provisoner": `a.b/c:v1@sha256:${digest}` };
  vi.stubEnv("SEAWORTHY_PINS", "");
  await expect(readPins({ node, images }, ["csi-provisioner"])).rejects.toMatchObject({
    kind: "usage",
    hint: "did you mean csi-provisioner?",
  });
});

test("An unknown field in a file of pins is refused with its line", async () => {
  vi.stubEnv("SEAWORTHY_PINS", await pinsFile(`{ node: "${node}", sidecars: {} }`));
  await expect(readPins({ node, images: {} }, [])).rejects.toMatchObject({ code: "YAML_INVALID" });
});

async function pinsFile(fields: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "seaworthy-pins-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "pins.yaml");
  const body = fields.slice(1, -1).trim();
  await writeFile(file, `{ apiVersion: seaworthy.dev/v1, kind: ImagePins, ${body} }\n`);
  return file;
}
