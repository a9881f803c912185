// SPDX-License-Identifier: Apache-2.0
import { CsiError } from "../grpc/csi-error.ts";
import { ext4 } from "./ext4.ts";
import type { Filesystem } from "./filesystem.ts";
import { xfs } from "./xfs.ts";

const FILESYSTEMS: readonly Filesystem[] = [ext4, xfs];

/** Names of what `filesystemNamed` knows. */
export const FILESYSTEM_NAMES: readonly string[] = FILESYSTEMS.map(({ name }) => name);

/** The filesystem a volume capability names; ext4 when it names none. @throws CsiError INVALID_ARGUMENT for another name */
export function filesystemNamed(name: string): Filesystem {
  const found = FILESYSTEMS.find((candidate) => candidate.name === (name === "" ? ext4.name : name));
  if (found === undefined) {
    const known = FILESYSTEM_NAMES.join(" and ");
    throw new CsiError("INVALID_ARGUMENT", `filesystem ${name} is not supported, ${known} are`);
  }
  return found;
}
