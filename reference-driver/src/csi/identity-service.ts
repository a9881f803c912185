// SPDX-License-Identifier: Apache-2.0

/** CSI Identity. @param ready whether the process can do its work now */
export function createIdentity(driverName: string, version: string, ready: () => boolean) {
  return {
    getPluginInfo: () => Promise.resolve({ name: driverName, vendorVersion: version }),
    getPluginCapabilities: () =>
      Promise.resolve({
        capabilities: [
          { service: { type: "CONTROLLER_SERVICE" } },
          { service: { type: "GROUP_CONTROLLER_SERVICE" } },
          { service: { type: "VOLUME_ACCESSIBILITY_CONSTRAINTS" } },
          { volumeExpansion: { type: "ONLINE" } },
        ],
      }),
    probe: () => Promise.resolve({ ready: { value: ready() } }),
  };
}
