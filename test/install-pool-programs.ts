// SPDX-License-Identifier: Apache-2.0
// Installs what the tests of the reference driver's pools need of this host, when it is not there.
import { installPackages, missingPackages, poolPrograms } from "../src/cluster/host-packages.ts";

await installPackages(await missingPackages(poolPrograms), true, (doing) =>
  process.stdout.write(`${doing}\n`),
);
