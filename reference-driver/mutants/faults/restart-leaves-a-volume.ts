// SPDX-License-Identifier: Apache-2.0
import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { Mutant } from "../mutant.ts";

/** Beside the driver's socket, so that it outlives the process. */
const MARK = "/csi/mutant-ran";
const BYTES = 16 * 1024 ** 2;

/** A node plug-in that starts again makes room for what it means to repair, and never gives it back. */
export const mutant: Mutant = {
  slug: "restart-leaves-a-volume",
  title: "A node plug-in that was restarted leaves a volume behind that nobody knows",
  breaks: ["fault/driver-restart"],
  caughtBy: ["faults/plug-ins-killed-under-load"],
  fromStart: true,
  wrap: (services) => ({
    ...services,
    createReconciler: (parts) => {
      const good = services.createReconciler(parts);
      const { store, records, node } = parts;
      const id = `repair-${node}`;
      const isRestart = existsSync(MARK);
      writeFileSync(MARK, "");
      // One that is told to stop is not started again: another driver takes its place.
      process.once("SIGTERM", () => rmSync(MARK, { force: true }));
      const made = isRestart ? leave() : Promise.resolve();
      return {
        ...good,
        // Only to leave the node as it was when the case is over.
        forget: async (gone) => {
          await good.forget(gone);
          await made;
          if (records.allSeen().length === 0) await store.delete(id);
        },
      };

      async function leave(): Promise<void> {
        await store.create({
          id,
          kind: "volume",
          poolClass: "standard",
          bytes: BYTES,
          source: undefined,
          csiName: id,
        });
      }
    },
  }),
};
