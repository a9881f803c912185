// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { tellLimitTimes } from "../tell-limit-times.ts";

export const mutant: Mutant = {
  slug: "tells-twice-its-limit",
  title: "Nodes tell twice as many volumes as they can use",
  breaks: ["life/limits"],
  caughtBy: ["life-cycle/node-limit-is-told-and-kept"],
  fromStart: true,
  wrap: (services) => tellLimitTimes(services, 2),
};
