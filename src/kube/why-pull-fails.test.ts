// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { whyPullFails } from "./why-pull-fails.ts";

const waiting = (reason: string): Parameters<typeof whyPullFails>[0] => ({
  metadata: { name: "p", uid: "", creationTimestamp: "" },
  spec: { containers: [] },
  status: {
    containerStatuses: [
      { name: "a", ready: true, restartCount: 0, state: { running: {} } },
      { name: "b", ready: false, restartCount: 0, state: { waiting: { reason, message: "why" } } },
    ],
  },
});

test.each([
  ["ErrImageNeverPull", { words: "ErrImageNeverPull: why", isFinal: true }],
  ["ImagePullBackOff", { words: "ImagePullBackOff: why", isFinal: false }],
  ["ContainerCreating", undefined],
  ["CrashLoopBackOff", undefined],
])("a container that waits with %s", (reason, found) => {
  expect(whyPullFails(waiting(reason))).toEqual(found);
});
