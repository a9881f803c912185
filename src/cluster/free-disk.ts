// SPDX-License-Identifier: Apache-2.0
import { statfs } from "node:fs/promises";

/** Free bytes on the file system that holds a path, or its nearest existing parent. */
export async function freeDiskBytes(path: string): Promise<number> {
  const found = await statfs(path).catch(() => undefined);
  if (found !== undefined) return found.bavail * found.bsize;
  return path === "/" ? 0 : freeDiskBytes(path.slice(0, path.lastIndexOf("/")) || "/");
}
