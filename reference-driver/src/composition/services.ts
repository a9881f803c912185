// SPDX-License-Identifier: Apache-2.0
import { createReconciler } from "../agent/reconciler.ts";
import { createLocalBackEnd } from "../back-end/local-back-end.ts";
import { createClusterBackEnd } from "../cluster/cluster-back-end.ts";
import { createController } from "../csi/controller-service.ts";
import { createGroupController } from "../csi/group-controller-service.ts";
import { createNode } from "../csi/node-service.ts";
import { createStaticVolumes } from "../discoverer/static-volumes.ts";
import { openLvmStore } from "../store/lvm-store.ts";

/**
 * The builders a driver is put together from. Each gives an object of plain methods, so one method can be replaced
 * and the rest kept: that is how the broken drivers in `mutants/` are made.
 */
export interface Services {
  readonly openStore: typeof openLvmStore;
  readonly createLocalBackEnd: typeof createLocalBackEnd;
  readonly createClusterBackEnd: typeof createClusterBackEnd;
  readonly createController: typeof createController;
  readonly createGroupController: typeof createGroupController;
  readonly createNode: typeof createNode;
  readonly createReconciler: typeof createReconciler;
  readonly createStaticVolumes: typeof createStaticVolumes;
}

/** The driver as it should be. */
export const goodServices: Services = {
  openStore: openLvmStore,
  createLocalBackEnd,
  createClusterBackEnd,
  createController,
  createGroupController,
  createNode,
  createReconciler,
  createStaticVolumes,
};
