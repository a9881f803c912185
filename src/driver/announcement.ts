// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

/** What a driver says of itself over gRPC, by the enum names of the CSI specification. */
export const announcement = z.strictObject({
  name: z.string(),
  vendorVersion: z.string(),
  identity: z.array(z.string()).describe("GetPluginCapabilities"),
  controller: z.array(z.string()).describe("ControllerGetCapabilities"),
  node: z.array(z.string()).describe("NodeGetCapabilities"),
});

export type Announcement = z.infer<typeof announcement>;
