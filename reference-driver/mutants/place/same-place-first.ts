// SPDX-License-Identifier: Apache-2.0
import type { TopologyRequirement } from "../../src/csi/messages.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** The order of preference, which begins elsewhere for each claim, is sorted away. */
export const mutant: Mutant = {
  slug: "same-place-first",
  title: "Immediate volumes all go to the first place of the alphabet that has room",
  breaks: ["topo/immediate-spread"],
  caughtBy: ["placement/immediate-volumes-spread"],
  wrap: (services) =>
    breakController(services, (good) => ({
      createVolume: (request) =>
        good.createVolume({
          ...request,
          accessibilityRequirements: sorted(request.accessibilityRequirements),
        }),
    })),
};

function sorted(requirement: TopologyRequirement | null): TopologyRequirement | null {
  if (requirement === null) return null;
  const name = (segments: object): string => Object.values(segments).toSorted().join();
  const inOrder = requirement.preferred.toSorted((a, b) => (name(a.segments) < name(b.segments) ? -1 : 1));
  return { ...requirement, preferred: inOrder };
}
