// SPDX-License-Identifier: Apache-2.0
import { detectActivation } from "../src/store/detect-activation.ts";
import { whyNoPool } from "./temporary-pool.ts";

/** Why tests of thin and copy-on-write volumes cannot run here; undefined when they can. */
export async function whyNoDeviceMapper(): Promise<string | undefined> {
  const reason = await whyNoPool();
  if (reason !== undefined) return reason;
  return (await detectActivation()).copyOnWrite ? undefined : "this kernel has no device-mapper";
}
