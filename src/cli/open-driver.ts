// SPDX-License-Identifier: Apache-2.0
import { copyDriver, type DriverCopy } from "../driver/driver-copy.ts";
import { type DriverProfile, readDriverProfile } from "../driver/profile.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { KitError } from "../support/errors.ts";
import { resolveProfile } from "./resolve-profile.ts";

/** A driver as the command line named it. */
export interface OpenedDriver {
  readonly profile: DriverProfile;
  readonly profileFile: string;
  readonly copy?: DriverCopy;
  /** A copy goes beside drivers that others use. */
  readonly shared?: boolean;
}

/** Reads a profile, and gives it the names of a copy when one is asked for. Nothing is touched. */
export async function openDriver(driver: string, copyName: string | undefined): Promise<OpenedDriver> {
  const profileFile = await resolveProfile(driver);
  const profile = await readDriverProfile(profileFile);
  if (copyName === undefined) return { profile, profileFile };
  if (!/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/.test(copyName)) {
    throw new KitError("COPY_NAME_INVALID", `--copy ${copyName}: not a name for a copy`, {
      kind: "usage",
      hint: "lower-case letters, digits and hyphens, at most 40",
    });
  }
  const objects = await readDriverObjects(profile.spec.install, profileFile);
  if (objects.length === 0) {
    throw new KitError("COPY_IMPOSSIBLE", `--copy ${copyName}: ${profileFile} installs by no manifests`, {
      kind: "usage",
      hint: "only what the kit applies itself can get names of its own",
    });
  }
  const copy = copyDriver(copyName, profile, objects);
  return { profile: copy.profile, profileFile, copy, shared: true };
}
