// SPDX-License-Identifier: Apache-2.0
import type { Scope } from "./scope.ts";

/** CSI Identity. @param ready whether the process can do its work now */
export function createIdentity(driverName: string, version: string, ready: () => boolean, scope: Scope) {
  return {
    getPluginInfo: () => Promise.resolve({ name: driverName, vendorVersion: version }),
    getPluginCapabilities: () =>
      Promise.resolve({
        capabilities: [
          { service: { type: "CONTROLLER_SERVICE" } },
          { service: { type: "GROUP_CONTROLLER_SERVICE" } },
          { service: { type: "VOLUME_ACCESSIBILITY_CONSTRAINTS" } },
          // What other nodes have mapped cannot be moved to where there is room.
          { volumeExpansion: { type: scope === "node" ? "ONLINE" : "OFFLINE" } },
        ],
      }),
    probe: () => Promise.resolve({ ready: { value: ready() } }),
  };
}
