// SPDX-License-Identifier: Apache-2.0
// All suites in one file of vitest, so that one gate lets their cases into the cluster.
import.meta.glob("./*/suite.ts", { eager: true });
