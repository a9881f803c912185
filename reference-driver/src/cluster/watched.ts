// SPDX-License-Identifier: Apache-2.0
import { makeInformer } from "@kubernetes/client-node";
import type { Informer, KubeConfig, ObjectCache } from "@kubernetes/client-node";
import { log, messageOf } from "../support/log.ts";
import type { CustomResource } from "./custom-resource.ts";
import { GROUP, VERSION } from "./resources.ts";
import type { ResourceObject } from "./resources.ts";

/** What to watch. */
export interface WatchTarget<T extends ResourceObject> {
  readonly config: KubeConfig;
  readonly resource: CustomResource<T>;
  readonly plural: string;
  readonly labelSelector: string;
}

/** A watch with a cache, restarted whenever the API server ends it. */
export type Watched<T extends ResourceObject> = Informer<T> & ObjectCache<T>;

const RESTART_MS = 500;

/** Starts to watch; the handlers that `subscribe` adds see everything that exists already, too. */
export async function startWatch<T extends ResourceObject>(
  target: WatchTarget<T>,
  subscribe: (watched: Watched<T>) => void,
): Promise<Watched<T>> {
  const list = async () => {
    const { items, metadata } = await target.resource.list(target.labelSelector);
    return { items, ...(metadata === undefined ? {} : { metadata }) };
  };
  const path = `/apis/${GROUP}/${VERSION}/${target.plural}`;
  const informer = makeInformer<T>(target.config, path, list, target.labelSelector);
  subscribe(informer);
  informer.on("error", (error: unknown) => {
    log({ event: "watch ended", plural: target.plural, message: messageOf(error) });
    // The API server may be away: asking again at once would only load it.
    setTimeout(() => void informer.start(), RESTART_MS).unref();
  });
  await informer.start();
  return informer;
}
