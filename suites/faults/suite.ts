// SPDX-License-Identifier: Apache-2.0
import { registerSuite } from "#kit/harness";

registerSuite(import.meta.glob("./*.case.ts", { eager: true, import: "default" }), import.meta.url);
