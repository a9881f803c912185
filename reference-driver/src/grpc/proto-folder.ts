// SPDX-License-Identifier: Apache-2.0
import { existsSync } from "node:fs";
import path from "node:path";

/**
 * Folder that holds csi.proto: beside the bundle, in a `proto` folder beside it, or the same in a folder above
 * (that is where a checkout keeps it).
 */
export function findProtoFolder(start: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const found = [folder, path.join(folder, "proto")].find((place) =>
      existsSync(path.join(place, "csi.proto")),
    );
    if (found !== undefined) return found;
    if (folder === path.dirname(folder))
      throw new Error(`csi.proto: looked in ${start} and every folder above, found none`);
  }
}
