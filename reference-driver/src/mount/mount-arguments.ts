// SPDX-License-Identifier: Apache-2.0

/** Argument vector that mounts a device. */
export function mountArguments(
  fsType: string,
  flags: readonly string[],
  device: string,
  target: string,
): string[] {
  const options = flags.length === 0 ? [] : ["-o", flags.join(",")];
  return ["mount", "-t", fsType, ...options, device, target];
}

/** Argument vector that shows a folder at a second place; util-linux does the read-only remount a bind mount needs. */
export function bindArguments(source: string, target: string, readOnly: boolean): string[] {
  return ["mount", "-o", readOnly ? "bind,ro" : "bind", source, target];
}
