// SPDX-License-Identifier: Apache-2.0
import path from "node:path";
import { startServer } from "../grpc/grpc-server.ts";
import type { RunningServer } from "../grpc/grpc-server.ts";
import { loadService } from "../grpc/load-service.ts";
import { log } from "../support/log.ts";

/** What the kubelet is told, and where. */
export interface RegistrationOptions {
  readonly driverName: string;
  /** Folder the kubelet watches, as this process sees it. */
  readonly registrationDir: string;
  /** Path of the CSI socket as the kubelet sees it. */
  readonly csiSocket: string;
  readonly onRegistered: () => void;
  readonly onRefused: (reason: string) => void;
}

const SUPPORTED_VERSIONS = ["1.0.0"];

/** Serves kubelet plugin registration v1; the kubelet calls as soon as it sees the socket. */
export async function serveRegistration(options: RegistrationOptions): Promise<RunningServer> {
  const { driverName, registrationDir, csiSocket, onRegistered, onRefused } = options;
  const methods = {
    getInfo: () =>
      Promise.resolve({
        type: "CSIPlugin",
        name: driverName,
        endpoint: csiSocket,
        supportedVersions: SUPPORTED_VERSIONS,
      }),
    notifyRegistrationStatus: (status: { pluginRegistered: boolean; error: string }) => {
      log({ event: "kubelet registration", registered: status.pluginRegistered, error: status.error });
      if (status.pluginRegistered) onRegistered();
      else onRefused(status.error);
      return Promise.resolve({});
    },
  };
  const definition = loadService("pluginregistration.proto", "pluginregistration.Registration");
  return startServer(`unix://${path.join(registrationDir, `${driverName}-reg.sock`)}`, [
    { definition, methods },
  ]);
}
