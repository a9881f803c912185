// SPDX-License-Identifier: Apache-2.0
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Nobody asks for one snapshot by its id but who imports it. */
export const mutant: Mutant = {
  slug: "finds-no-snapshot-by-id",
  title: "ListSnapshots finds a snapshot among all of them, and not when it is asked for by its id",
  breaks: ["snap/pre-provisioned"],
  caughtBy: ["snapshot/kept-or-deleted-by-policy"],
  wrap: (services) =>
    breakController(services, (good) => ({
      listSnapshots: (request) =>
        request.snapshotId === ""
          ? good.listSnapshots(request)
          : Promise.resolve({ entries: [], nextToken: "" }),
    })),
};
