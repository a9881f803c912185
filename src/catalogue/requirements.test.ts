// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRequirements } from "./requirements.ts";

test("every area is there, with each id once", async () => {
  const requirements = await loadRequirements();
  const areas = Object.groupBy(requirements, ({ area }) => area);
  const counts = Object.fromEntries(Object.entries(areas).map(([area, all]) => [area, all?.length]));
  expect(counts).toEqual({ faults: 5, "life-cycle": 12, local: 8, snapshot: 15, topology: 15 });
});

test("an id in two files is refused", async () => {
  const folder = await mkdtemp(join(tmpdir(), "requirements-"));
  const text = "area: a\ntitle: A\nrequirements: [{ id: a/b, title: B, text: C., sources: [S] }]\n";
  await Promise.all(["one.yaml", "two.yaml"].map((name) => writeFile(join(folder, name), text)));
  await expect(loadRequirements(folder)).rejects.toThrow(/two\.yaml: a\/b is already defined/);
  await rm(folder, { recursive: true });
});
