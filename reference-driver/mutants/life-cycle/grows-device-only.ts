// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { contentType } from "../../src/mount/device-content-type.ts";
import { filesystemNamed } from "../../src/mount/filesystem-named.ts";
import { mountArguments } from "../../src/mount/mount-arguments.ts";
import { mountAt } from "../../src/mount/mount-table.ts";
import { runCommand } from "../../src/support/run-command.ts";
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** NodeExpandVolume answers with the size asked for; what has a file system is mounted as it is. */
export const mutant: Mutant = {
  slug: "grows-device-only",
  title: "The device of a grown volume has the new size and its file system the old one",
  breaks: ["life/expand", "snap/size", "snap/clone"],
  caughtBy: ["life-cycle/grows-under-its-pod", "life-cycle/grows-between-its-pods"],
  wrap: (services) =>
    breakNode(services, (good, store) => ({
      nodeExpandVolume: (request) =>
        Promise.resolve({ capacityBytes: request.capacityRange?.requiredBytes ?? 0 }),
      nodeStageVolume: async (request) => {
        const { volumeId: id, stagingTargetPath: target, volumeCapability } = request;
        if (volumeCapability?.mount) {
          const { fsType, mountFlags } = volumeCapability.mount;
          const filesystem = filesystemNamed(fsType);
          await store.exclusively(id, async () => {
            const device = await store.activate(id);
            if ((await mountAt(target)) !== undefined) return;
            if ((await contentType(device)) !== filesystem.name) return;
            await mkdir(target, { recursive: true });
            const flags = [...filesystem.mountFlags, ...mountFlags];
            await runCommand(mountArguments(filesystem.name, flags, device, target));
          });
        }
        return good.nodeStageVolume(request);
      },
    })),
};
