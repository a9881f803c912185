// SPDX-License-Identifier: Apache-2.0
import type { BackEndItem } from "../catalogue/context/back-end.ts";
import { listing } from "../driver/listing.ts";
import { askSockets, type SocketTarget } from "../driver/socket-pod.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { shareNext } from "../support/share-next.ts";

/** Stands where the name of a node would: ListVolumes does not say where a volume is. */
const nowhere = "the driver's own list";

/** Asks the driver itself what it has; weaker than its back end, because a driver can forget a volume that is still there. */
export class SocketLister {
  readonly list: () => Promise<readonly BackEndItem[]>;

  constructor(kube: KubeClient, target: SocketTarget) {
    this.list = shareNext(async () => {
      const { volumes, snapshots } = listing.parse(await askSockets(kube, target, "list"));
      return [...(volumes ?? []), ...(snapshots ?? [])].map((id) => ({ id, node: nowhere }));
    });
  }
}
