// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { VolumeSpec } from "./volume-spec.ts";
import { CONDEMNED_TAG, createdTag, readTags, tagsFor } from "./volume-tags.ts";

const spec: VolumeSpec = {
  id: "snap-1",
  kind: "snapshot",
  poolClass: "standard",
  bytes: 8388608,
  source: { kind: "volume", id: "pvc-1" },
  group: { id: "group-1", size: 3 },
  readAheadKib: 512,
  csiName: "a name, with = and \u00fcmlauts",
};

describe("volume tags", () => {
  it("say again what they were made of", () => {
    const moment = new Date(1_795_239_963_065);
    expect(readTags([...tagsFor("local.seaworthy.dev", spec), createdTag(moment)])).toEqual({
      driverName: "local.seaworthy.dev",
      kind: "snapshot",
      bytes: spec.bytes,
      csiName: spec.csiName,
      source: spec.source,
      group: spec.group,
      readAheadKib: 512,
      attachedTo: undefined,
      createdAt: moment,
      condemned: false,
    });
  });

  it("use only what LVM allows in a tag", () => {
    for (const tag of tagsFor("local.seaworthy.dev", spec))
      expect(tag).toMatch(/^[A-Za-z0-9_+.\-/=!:&#]{1,1024}$/);
  });

  it("say that a volume is incomplete, or condemned", () => {
    const content = readTags([...tagsFor("d", { ...spec, source: undefined }), CONDEMNED_TAG]);
    expect(content).toMatchObject({ createdAt: undefined, condemned: true, source: undefined });
  });

  it.each([[[]], [["foreign"]], [["sw.kind=volume"]], [["sw.driver=d", "sw.kind=other"]]])(
    "are not ours: %j",
    (tags) => {
      expect(readTags(tags)).toBeUndefined();
    },
  );
});
