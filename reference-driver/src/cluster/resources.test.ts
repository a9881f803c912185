// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { DRIVER_LABEL, GROUP, VERSION } from "./resources.ts";

const MANIFESTS = path.join(import.meta.dirname, "../../../fixtures/drivers/reference/manifests");

it.each(["10-logicalvolumes.crd.yaml", "11-nodelocalstorages.crd.yaml"])(
  "%s defines the group and version we speak",
  async (file) => {
    const text = await readFile(path.join(MANIFESTS, file), "utf8");
    expect(text).toContain(`group: ${GROUP}\n`);
    expect(text).toContain(`- name: ${VERSION}\n`);
  },
);

it("labels with a key of its own group", () => {
  expect(DRIVER_LABEL.startsWith(`${GROUP}/`)).toBe(true);
});
