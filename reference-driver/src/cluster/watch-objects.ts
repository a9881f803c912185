// SPDX-License-Identifier: Apache-2.0
import { KubernetesObjectApi, ListWatch, Watch } from "@kubernetes/client-node";
import type { KubeConfig, KubernetesObject, ObjectCache } from "@kubernetes/client-node";
import { log, messageOf } from "../support/log.ts";

/** A kind of object, and where the API server has it. */
export interface WatchedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** With it only objects that match. */
  readonly labelSelector?: string;
  /** With it only objects whose fields match, such as `metadata.name=node-1`. */
  readonly fieldSelector?: string;
}

/** All objects of a kind as a watch last saw them. */
export interface ObjectWatch<T extends KubernetesObject> {
  readonly objects: ObjectCache<T>;
  /** True once everything that existed at the start has been seen. */
  synced(): boolean;
  stop(): Promise<void>;
}

const RESTART_MS = 1_000;

/**
 * Watches all objects of a kind, from now on and through every failure; a kind that is not served yet is asked for again.
 * @param onChange told of each object that comes, changes or goes, and without an object when all have been listed
 */
export function watchObjects<T extends KubernetesObject>(
  config: KubeConfig,
  { apiVersion, kind, plural, labelSelector, fieldSelector }: WatchedKind,
  onChange: (changed?: T) => void,
): ObjectWatch<T> {
  const api = KubernetesObjectApi.makeApiClient(config);
  const path = `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}/${plural}`;
  const list = () =>
    api.list<T>(apiVersion, kind, undefined, undefined, undefined, undefined, fieldSelector, labelSelector);
  const informer = new ListWatch<T>(path, new Watch(config), list, false, labelSelector, fieldSelector);
  let seen = false;
  let stopped = false;
  for (const verb of ["add", "update", "delete"] as const) informer.on(verb, (changed) => onChange(changed));
  informer.on("error", restartLater);
  void start();
  return {
    objects: informer,
    synced: () => seen,
    stop: () => {
      stopped = true;
      return informer.stop();
    },
  };

  async function start(): Promise<void> {
    try {
      await informer.start();
      seen = true;
      onChange();
    } catch (error) {
      restartLater(error);
    }
  }

  function restartLater(error: unknown): void {
    log({ event: "watch ended", kind, message: messageOf(error) });
    if (!stopped) setTimeout(() => void start(), RESTART_MS).unref();
  }
}
