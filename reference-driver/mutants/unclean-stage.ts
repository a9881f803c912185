// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import { contentType } from "../src/mount/device-content-type.ts";
import { filesystemNamed } from "../src/mount/filesystem-named.ts";
import type { Filesystem } from "../src/mount/filesystem.ts";
import { mountOf } from "../src/mount/freeze.ts";
import { runCommand } from "../src/support/run-command.ts";
import { breakNode } from "./break-services.ts";

/** Does something to a filesystem whose log has to be replayed, before it is staged. */
export function onUncleanStage(
  services: Services,
  act: (filesystem: Filesystem, device: string) => Promise<void>,
): Services {
  return breakNode(services, (good, store) => ({
    nodeStageVolume: (request) =>
      store.exclusively(request.volumeId, async () => {
        const { volumeId: id, volumeCapability } = request;
        if (volumeCapability?.mount && (await store.find(id)) !== undefined) {
          const filesystem = filesystemNamed(volumeCapability.mount.fsType);
          const device = await store.activate(id);
          if ((await mountOf(device)) === undefined && (await isUnclean(filesystem, device)))
            await act(filesystem, device);
        }
        return good.nodeStageVolume(request);
      }),
  }));
}

async function isUnclean({ name }: Filesystem, device: string): Promise<boolean> {
  if ((await contentType(device)) !== name) return false;
  // xfs_repair(8): with exit code 2 it has refused, because the log is to be replayed first
  if (name === "xfs") return (await runCommand(["xfs_repair", device], [0, 2])).exitCode === 2;
  return (await runCommand(["dumpe2fs", "-h", device])).stdout.includes("needs_recovery");
}
