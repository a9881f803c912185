// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../../src/grpc/csi-error.ts";
import { mountAt } from "../../src/mount/mount-table.ts";
import type { Mutant } from "../mutant.ts";

/** NodeUnstageVolume knows only what is staged. */
export const mutant: Mutant = {
  slug: "unstages-only-once",
  title: "NodeUnstageVolume of a volume that is not staged any more fails",
  breaks: ["life/idempotent"],
  caughtBy: ["life-cycle/repeated-calls-change-nothing"],
  wrap: (services) => ({
    ...services,
    createNode: (parts) => {
      const good = services.createNode(parts);
      return {
        ...good,
        nodeUnstageVolume: async (request) => {
          const { volumeId, stagingTargetPath } = request;
          if ((await mountAt(stagingTargetPath)) === undefined)
            throw new CsiError("NOT_FOUND", `${volumeId} is not staged on ${stagingTargetPath}`);
          return good.nodeUnstageVolume(request);
        },
      };
    },
  }),
};
