// SPDX-License-Identifier: Apache-2.0
import { loadService } from "../grpc/load-service.ts";
import type { Methods, Served } from "../grpc/grpc-server.ts";
import { createIdentity } from "../csi/identity-service.ts";
import type { ControllerService } from "../csi/controller-service.ts";
import type { GroupControllerService } from "../csi/group-controller-service.ts";
import type { NodeService } from "../csi/node-service.ts";
import type { Flags } from "./flags.ts";

const VERSION = "0.1.0";

export function serveIdentity({ driverName, scope }: Flags): Served {
  return {
    definition: loadService("csi.proto", "csi.v1.Identity"),
    methods: createIdentity(driverName, VERSION, () => true, scope),
  };
}

export function serveController(service: ControllerService): Served {
  return {
    definition: loadService("csi.proto", "csi.v1.Controller"),
    methods: service as unknown as Methods,
  };
}

export function serveGroupController(service: GroupControllerService): Served {
  return {
    definition: loadService("csi.proto", "csi.v1.GroupController"),
    methods: service as unknown as Methods,
  };
}

export function serveNode(service: NodeService): Served {
  return { definition: loadService("csi.proto", "csi.v1.Node"), methods: service as unknown as Methods };
}
