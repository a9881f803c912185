// SPDX-License-Identifier: Apache-2.0
import type { Claim } from "../../catalogue/context/claim.ts";
import type { FileSystems } from "../../catalogue/context/file-systems.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import { waitTimeout } from "../../kube/watch.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";
import { publishedVolume } from "./published-volume.ts";

/** Of timeout(1), for a program that it ended. */
const timedOut = 124;

/** Follows the kernel's mount table. One unmount may slip in before findmnt(8) reads it, so each wait for one is short. */
const awaitUnmount = `while grep --quiet --fixed-strings -- " $1 " /proc/self/mountinfo
do findmnt --poll=umount --first-only --timeout 1000 --mountpoint "$1"
done`;

export function grantFileSystems(run: CaseRun): FileSystems {
  return {
    shutDown: async (pod, claim) => {
      const { targetPath } = await publishedVolume(run, pod, claim);
      // without -f its log is not flushed first: XFS_IOC_GOINGDOWN, which ext4 has as well
      await run.cluster.exec(pod.node, ["xfs_io", "-x", "-c", "shutdown", targetPath]);
    },
    untilUnmounted: (pod, claim) => untilUnmounted(run, pod, claim),
  };
}

async function untilUnmounted(run: CaseRun, pod: RunningPod, claim: Claim): Promise<void> {
  const { targetPath, stage } = await publishedVolume(run, pod, claim);
  const milliseconds = run.settings.timeouts.podGone;
  for (const path of [targetPath, String(stage["stagingTargetPath"])]) {
    const wait = ["timeout", String(milliseconds / 1000), "sh", "-c", awaitUnmount, "sh", path] as const;
    const { exitCode, stderr } = await run.cluster.exec(pod.node, wait, { allowFailure: true });
    if (exitCode === 0) continue;
    const what = `the volume of claim ${claim.name} to be unmounted on ${pod.node}`;
    const seen = exitCode === timedOut ? `mount ${path}` : stderr.trim();
    throw exitCode === timedOut
      ? new KitError(waitTimeout, `waited for ${what}; last seen: ${seen}`, {
          details: { what, named: "podGone", seen },
        })
      : new KitError("NODE_MOUNTS", `wait for ${what}: ${seen}`);
  }
}
