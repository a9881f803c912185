// SPDX-License-Identifier: Apache-2.0
import type { TakenDown } from "../cluster/take-down.ts";

/** Says what was removed; it was checked that nothing of it is left. */
export function reportRemoval(removed: TakenDown): void {
  const names = removed.journals.length === 0 ? "nothing was up" : removed.journals.join(", ");
  process.stdout.write(
    `Removed: ${names}. ${String(removed.things)} things undone, none of them is left on this host.\n`,
  );
}
