// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import type { KubeClient } from "./kube-client.ts";
import type { Resource } from "./resources.ts";

interface ServedResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** Asks the API server where it serves a kind. @throws KitError `KIND_UNKNOWN` */
export async function findResource(kube: KubeClient, apiVersion: string, kind: string): Promise<Resource> {
  const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const text = await kube.connection.call({ method: "GET", path, purpose: `ask what ${apiVersion} serves` });
  const { resources } = JSON.parse(text) as { resources: readonly ServedResource[] };
  const served = resources.find((one) => one.kind === kind && !one.name.includes("/"));
  if (served === undefined)
    throw new KitError("KIND_UNKNOWN", `the API server serves no ${kind} in ${apiVersion}`, {
      kind: "usage",
    });
  return { apiVersion, kind, plural: served.name, namespaced: served.namespaced };
}
