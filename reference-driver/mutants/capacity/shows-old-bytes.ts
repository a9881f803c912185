// SPDX-License-Identifier: Apache-2.0
import { open } from "node:fs/promises";
import type { VolumeStore } from "../../src/store/volume-store.ts";
import type { Mutant } from "../mutant.ts";

/** So much of a deleted volume comes back in the next one. */
const KEPT_BYTES = 1024 ** 2;

/** M23 of the research table: extents are handed on as they are. The good driver clears them, so the old bytes are put back. */
export const mutant: Mutant = {
  slug: "shows-old-bytes",
  title: "A new volume starts with bytes of the volume that was deleted before it",
  breaks: ["local/clean"],
  caughtBy: ["capacity/reused-extents-are-clean"],
  wrap: (services) => ({
    ...services,
    openStore: async (options) => remembering(await services.openStore(options)),
  }),
};

function remembering(good: VolumeStore): VolumeStore {
  let kept: Buffer | undefined;
  return {
    ...good,
    delete: async (id) => {
      if ((await good.find(id))?.kind === "volume") kept = await readStart(await good.activate(id));
      await good.delete(id);
    },
    create: async (spec) => {
      const isNew = (await good.find(spec.id)) === undefined;
      const made = await good.create(spec);
      if (isNew && spec.source === undefined && kept !== undefined) {
        await writeStart(await good.activate(spec.id), kept);
        await good.deactivate(spec.id);
        kept = undefined;
      }
      return made;
    },
  };
}

async function readStart(device: string): Promise<Buffer> {
  const file = await open(device, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(KEPT_BYTES), 0, KEPT_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function writeStart(device: string, bytes: Buffer): Promise<void> {
  const file = await open(device, "r+");
  try {
    await file.write(bytes, 0, bytes.length, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}
