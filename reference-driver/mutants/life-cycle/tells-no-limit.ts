// SPDX-License-Identifier: Apache-2.0
import type { Mutant } from "../mutant.ts";
import { tellLimitTimes } from "../tell-limit-times.ts";

export const mutant: Mutant = {
  slug: "tells-no-limit",
  title: "Nodes do not tell how many volumes they can use, though there is a limit",
  breaks: ["life/limits"],
  caughtBy: ["life-cycle/node-limit-is-told-and-kept"],
  fromStart: true,
  wrap: (services) => tellLimitTimes(services, 0),
};
