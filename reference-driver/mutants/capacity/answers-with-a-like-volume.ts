// SPDX-License-Identifier: Apache-2.0
import type { Volume } from "../../src/csi/messages.ts";
import { breakController } from "../break-services.ts";
import type { Mutant } from "../mutant.ts";

/** Long enough for claims that are made in one burst. */
const LIKE_MS = 30_000;

interface Answered {
  /** What was asked for. */
  readonly like: string;
  readonly volume: Volume;
  readonly at: number;
  /** The volume that was made for the second claim. */
  twin?: string;
}

/** Calls are told apart by what they ask for, and not by their name. What is made for the second goes with the volume shown. */
export const mutant: Mutant = {
  slug: "answers-with-a-like-volume",
  title: "CreateVolume answers two claims of one burst that ask for the same size and place with one volume",
  breaks: ["topo/no-double-bind"],
  caughtBy: ["capacity/burst-fits-no-more"],
  wrap: (services) => {
    const answers: Answered[] = [];
    return breakController(services, (good) => ({
      createVolume: async (request) => {
        const { volume } = await good.createVolume(request);
        const like = JSON.stringify([volume.capacityBytes, volume.accessibleTopology]);
        const first = answers.findLast((answer) => answer.like === like);
        const isSecond = first?.twin === undefined && first !== undefined && Date.now() - first.at < LIKE_MS;
        if (!isSecond) answers.push({ like, volume, at: Date.now() });
        else if (first.volume.volumeId !== volume.volumeId) first.twin = volume.volumeId;
        return { volume: isSecond ? first.volume : volume };
      },
      deleteVolume: async (request) => {
        const answer = await good.deleteVolume(request);
        const twin = answers.find(({ volume }) => volume.volumeId === request.volumeId)?.twin;
        if (twin !== undefined) await good.deleteVolume({ ...request, volumeId: twin });
        return answer;
      },
    }));
  },
};
