// SPDX-License-Identifier: Apache-2.0
import { adapts, type Finding, lacks, ok } from "./finding.ts";
import type { HostFacts } from "./host.ts";

/** What privileges and the kernel allow. */
export function kernelFindings(facts: HostFacts): Finding[] {
  const { root, boundingSetFull, cgroupVersion, deviceMapper, loopControl } = facts;
  return [
    root
      ? ok("root", "yes")
      : lacks("root", "no", "loop devices, and an engine of the kit's own, need root: run as root"),
    boundingSetFull
      ? ok("capabilities", "the bounding set is full")
      : adapts(
          "capabilities",
          "the bounding set is not full",
          "the kit's own engine runs containers through a wrapper that asks only for what the host has",
        ),
    cgroupVersion === 2
      ? ok("cgroups", "version 2")
      : adapts("cgroups", "version 1", "kubelet is told to accept it"),
    deviceMapper
      ? ok("device-mapper", "in the kernel: volumes are activated by it, snapshots are copy-on-write")
      : adapts(
          "device-mapper",
          "not in the kernel",
          "volumes are mapped by loop devices, snapshots are copies; the report says so",
        ),
    loopControl
      ? ok("loop devices", "/dev/loop-control is there")
      : lacks("loop devices", "no /dev/loop-control", "load the kernel module loop"),
    fileSystemFinding(facts),
  ];
}

function fileSystemFinding({ fileSystems }: HostFacts): Finding {
  const missing = Object.entries(fileSystems).flatMap(([name, there]) => (there ? [] : [name]));
  if (missing.length === 0) return ok("file systems", "ext4, xfs, overlay");
  const seen = `missing: ${missing.join(", ")}`;
  return fileSystems.ext4 && fileSystems.overlay
    ? adapts("file systems", seen, "volumes of that type cannot be tested here")
    : lacks("file systems", seen, "load the kernel modules, or use another kernel");
}
