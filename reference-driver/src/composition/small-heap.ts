// SPDX-License-Identifier: Apache-2.0
import { setFlagsFromString } from "node:v8";

/**
 * A driver runs on every node, is idle nearly always and never in a hurry. Left to itself V8 lets the young generation grow
 * with each burst of calls, to three times 16 MiB, and collects the old one late; it gives nothing back.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--optimize-for-size");
}
