// SPDX-License-Identifier: Apache-2.0
// Runs csi-sanity in the guest, against the driver that lies beside this bundle.
import { writeFileSync } from "node:fs";
import { detectActivation } from "../../../src/store/detect-activation.ts";
import { sanityOnPool } from "../../sanity-on-pool.ts";
import { ACTIVATION } from "../guest-event.ts";

const WORK = "/mnt/work";

const { kind } = await detectActivation();
writeFileSync(`${WORK}/${ACTIVATION}`, kind);
process.stdout.write(`activation ${kind}\n`);
const flags = (process.env["SANITY_FLAGS"] ?? "").split("@").filter((flag) => flag !== "");
process.env["SANITY_DRIVER_LOG"] = `${WORK}/driver.log`;
process.exit(
  await sanityOnPool({
    program: `${WORK}/csi-sanity`,
    driver: [`${WORK}/dist/driver.mjs`],
    flags,
    scope: "node",
    junit: `${WORK}/junit.xml`,
  }),
);
