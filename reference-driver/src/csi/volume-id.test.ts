// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { volumeId } from "./volume-id.ts";

describe("volumeId", () => {
  it.each([
    ["volume", "pvc-0f3c8a2e-1111-2222-3333-444455556666", "pvc-0f3c8a2e-1111-2222-3333-444455556666"],
    [
      "snapshot",
      "snapshot-0f3c8a2e-1111-2222-3333-444455556666",
      "snap-0f3c8a2e-1111-2222-3333-444455556666",
    ],
  ] as const)("keeps the name a sidecar gives a %s: %s", (kind, name, id) => {
    expect(volumeId(kind, name)).toBe(id);
  });

  it.each([
    "",
    "pvc-",
    "pvc--x",
    "pvc-UPPER",
    "pvc-a_b",
    "../../etc",
    "snapshot-1",
    "pvc-" + "a".repeat(60),
    "\u00e9".repeat(128),
  ])("makes a legal LVM and Kubernetes name of %j", (name) => {
    for (const kind of ["volume", "snapshot"] as const) {
      expect(volumeId(kind, name)).toMatch(/^(vol|pvc|snap)-[a-z0-9-]{1,58}[a-z0-9]$|^snap-1$/);
      expect(volumeId(kind, name)).not.toMatch(/^(snapshot|pvmove)/);
    }
  });

  it("gives different names and kinds different ids", () => {
    const ids = ["a", "b", "pvc-a", "snapshot-a"].flatMap((name) => [
      volumeId("volume", name),
      volumeId("snapshot", name),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
