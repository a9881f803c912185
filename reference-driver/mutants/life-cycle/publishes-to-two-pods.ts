// SPDX-License-Identifier: Apache-2.0
import { breakNode } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The scheduler keeps pods apart; whatever comes past it is let in. */
export const mutant: Mutant = {
  slug: "publishes-to-two-pods",
  title: "A ReadWriteOncePod volume is published to as many pods as ask for it",
  breaks: ["life/access-modes"],
  caughtBy: ["life-cycle/one-pod-at-a-time"],
  wrap: (services) =>
    breakNode(services, (good) => ({
      nodePublishVolume: (request) => {
        const { volumeCapability: capability } = request;
        const accessMode = { mode: "SINGLE_NODE_MULTI_WRITER" };
        return good.nodePublishVolume({
          ...request,
          volumeCapability: capability && { ...capability, accessMode },
        });
      },
    })),
};
