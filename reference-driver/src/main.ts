// SPDX-License-Identifier: Apache-2.0
import { runDriver } from "./composition/run-driver.ts";
import { goodServices } from "./composition/services.ts";

await runDriver(goodServices, process.argv.slice(2));
