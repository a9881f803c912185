// SPDX-License-Identifier: Apache-2.0
import type { BackEndItem } from "../catalogue/context/back-end.ts";
import type { NodeView } from "../catalogue/context/nodes.ts";
import { type Listing, listing } from "../driver/listing.ts";
import { askSockets, type SocketTarget } from "../driver/socket-pod.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { shareNext } from "../support/share-next.ts";
import type { Lister } from "./back-end-lister.ts";

/** Stands where the name of a node would, when the driver does not say where something is. */
export const nowhere = "the driver's own list";

/** Asks the driver itself what it has; weaker than its back end, because a driver can forget a volume that is still there. */
export class SocketLister implements Lister {
  readonly list: () => Promise<readonly BackEndItem[]>;

  /** @param workers nodes that a volume can be on */
  constructor(kube: KubeClient, target: SocketTarget, workers: readonly NodeView[]) {
    this.list = shareNext(async () => itemsOf(await askForList(kube, target), workers));
  }
}

/** @throws KitError `SOCKET_ASK_FAILED` when the driver does not answer */
export async function askForList(kube: KubeClient, target: SocketTarget): Promise<Listing> {
  return listing.parse(await askSockets(kube, target, "list"));
}

/** A volume's node is the first that its segments are true for. */
export function itemsOf({ volumes, snapshots }: Listing, workers: readonly NodeView[]): BackEndItem[] {
  const nodeIn = (segments: Readonly<Record<string, string>>): string | undefined =>
    workers.find(({ labels }) => Object.entries(segments).every(([key, value]) => labels[key] === value))
      ?.name;
  return [
    ...(volumes ?? []).map(({ id, segments }) => ({ id, node: (segments && nodeIn(segments)) ?? nowhere })),
    ...(snapshots ?? []).map((id) => ({ id, node: nowhere })),
  ];
}
