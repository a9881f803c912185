// SPDX-License-Identifier: Apache-2.0
import { log, messageOf } from "../../src/support/log.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Long enough for a case to look, short enough that the pool does not fill. */
const LATER_MS = 30_000;

export const mutant: Mutant = {
  slug: "delete-snapshot-leaks",
  title: "DeleteSnapshot succeeds and leaves the snapshot in the back end",
  breaks: ["snap/delete-policy"],
  caughtBy: ["snapshot/kept-or-deleted-by-policy"],
  wrap: (services) =>
    breakController(services, (good) => ({
      deleteSnapshot: (request) => {
        setTimeout(() => {
          good
            .deleteSnapshot(request)
            .catch((error: unknown) => log({ event: "late removal failed", message: messageOf(error) }));
        }, LATER_MS).unref();
        return Promise.resolve({});
      },
    })),
};
