// SPDX-License-Identifier: Apache-2.0
import { mkdir, readdir, watch } from "node:fs/promises";
import { join } from "node:path";

/** Waits until a folder holds an entry whose name matches, and returns its path. @throws after the time-out, with what was there */
export async function untilFile(folder: string, name: RegExp, milliseconds: number): Promise<string> {
  await mkdir(folder, { recursive: true });
  const changes = watch(folder, { signal: AbortSignal.timeout(milliseconds) })[Symbol.asyncIterator]();
  for (let next = changes.next(); ; next = changes.next()) {
    const found = (await readdir(folder)).find((entry) => name.test(entry));
    if (found !== undefined) {
      next.catch(() => undefined);
      await changes.return?.();
      return join(folder, found);
    }
    await next.catch(async () => {
      throw new Error(
        `no ${String(name)} in ${folder} after ${String(milliseconds)} ms; there are ${(await readdir(folder)).join(", ")}`,
      );
    });
  }
}
