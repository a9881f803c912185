// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../../support/errors.ts";
import { suggest } from "../../support/suggest.ts";
import type { HostFacts } from "../host.ts";

const sources = ["auto", "build", "pull"] as const;

/** Where images come from: `auto` pulls when a registry answers and builds otherwise; the others leave no choice. */
export type ImageSource = (typeof sources)[number];

/**
 * Reads `SEAWORTHY_IMAGES`; unset means `auto`. On a host with cgroup v1 `auto` builds: kind's own node images come with a
 * systemd for cgroup v2 (systemd 256 and newer, NEWS), ours with one that serves both.
 * @throws KitError of kind `usage` for any other value
 */
export function readImageSource(
  host: Pick<HostFacts, "cgroupVersion">,
  value = process.env["SEAWORTHY_IMAGES"],
): ImageSource {
  const wanted = value === undefined || value === "" ? "auto" : value;
  const found = sources.find((source) => source === wanted);
  if (found === "auto" && host.cgroupVersion === 1) return "build";
  if (found !== undefined) return found;
  const near = suggest(wanted, sources);
  throw new KitError(
    "IMAGE_SOURCE_UNKNOWN",
    `SEAWORTHY_IMAGES is ${wanted}, expected ${sources.join(", ")}`,
    {
      kind: "usage",
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    },
  );
}
