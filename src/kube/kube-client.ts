// SPDX-License-Identifier: Apache-2.0
import { isKitError } from "../support/errors.ts";
import { connect, type ConnectOptions, type KubeConnection } from "./client.ts";
import type { KubeObject, NewObject } from "./objects.ts";
import { describePlace, pathOf, type Place, type Resource, resources } from "./resources.ts";

/** Which objects of a collection. */
export interface Selection {
  readonly namespace?: string;
  /** Label selector, `a=b,c`. */
  readonly labels?: string;
  /** Field selector, `metadata.name=a`. */
  readonly fields?: string;
}

/** A collection and the moment it is true for. */
export interface ObjectList<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface DeleteOptions extends CallOptions {
  /** Seconds; without it the object's own. */
  readonly gracePeriod?: number;
}

/** Who applies: the owner of fields set by server-side apply. */
const fieldManager = "seaworthy";

/** Reads and writes objects of any kind as the API sends them. Errors are KitError `KUBE_API` with status and reason. */
export class KubeClient {
  readonly connection: KubeConnection;

  constructor(connection: KubeConnection) {
    this.connection = connection;
  }

  /** The object, or undefined when there is none. */
  async find<T extends KubeObject>(
    resource: Resource<T>,
    place: Place,
    options: CallOptions = {},
  ): Promise<T | undefined> {
    try {
      return await this.get(resource, place, options);
    } catch (thrown) {
      if (isStatus(thrown, 404)) return undefined;
      throw thrown;
    }
  }

  /** The object. @throws KitError `KUBE_API` with status 404 when there is none. */
  async get<T extends KubeObject>(
    resource: Resource<T>,
    place: Place,
    options: CallOptions = {},
  ): Promise<T> {
    const purpose = `get ${describePlace(resource, place)}`;
    const text = await this.connection.call({
      method: "GET",
      path: pathOf(resource, place),
      purpose,
      signal: options.signal,
    });
    return JSON.parse(text) as T;
  }

  async list<T extends KubeObject>(
    resource: Resource<T>,
    selection: Selection = {},
    options: CallOptions = {},
  ): Promise<ObjectList<T>> {
    const query = { labelSelector: selection.labels, fieldSelector: selection.fields };
    const purpose = `list ${describePlace(resource, selection)}`;
    const text = await this.connection.call({
      method: "GET",
      path: pathOf(resource, selection),
      query,
      purpose,
      signal: options.signal,
    });
    const list = JSON.parse(text) as { items: T[] | null; metadata: { resourceVersion: string } };
    return { items: list.items ?? [], resourceVersion: list.metadata.resourceVersion };
  }

  async create<T extends KubeObject>(
    resource: Resource<T>,
    object: NewObject,
    options: CallOptions = {},
  ): Promise<T> {
    const place = placeOf(object);
    const path = pathOf(resource, place.namespace === undefined ? {} : { namespace: place.namespace });
    const purpose = `create ${describePlace(resource, place)}`;
    return JSON.parse(
      await this.connection.call({ method: "POST", path, body: object, purpose, signal: options.signal }),
    ) as T;
  }

  /** Server-side apply: makes the object, or makes its fields those given. */
  async apply(resource: Resource, object: NewObject, options: CallOptions = {}): Promise<KubeObject> {
    const place = placeOf(object);
    const text = await this.connection.call({
      method: "PATCH",
      path: pathOf(resource, place),
      query: { fieldManager, force: true },
      body: object,
      contentType: "application/apply-patch+yaml",
      purpose: `apply ${describePlace(resource, place)}`,
      signal: options.signal,
    });
    return JSON.parse(text) as KubeObject;
  }

  /** JSON merge patch (RFC 7386). */
  async patch(resource: Resource, place: Place, body: unknown, options: CallOptions = {}): Promise<void> {
    const purpose = `patch ${describePlace(resource, place)}`;
    const contentType = "application/merge-patch+json";
    await this.connection.call({
      method: "PATCH",
      path: pathOf(resource, place),
      body,
      contentType,
      purpose,
      signal: options.signal,
    });
  }

  /** Asks for deletion; an object that is not there is as good as deleted. */
  async delete(resource: Resource, place: Place, options: DeleteOptions = {}): Promise<void> {
    const body = { propagationPolicy: "Background", gracePeriodSeconds: options.gracePeriod };
    const purpose = `delete ${describePlace(resource, place)}`;
    try {
      await this.connection.call({
        method: "DELETE",
        path: pathOf(resource, place),
        body,
        purpose,
        signal: options.signal,
      });
    } catch (thrown) {
      if (!isStatus(thrown, 404)) throw thrown;
    }
  }

  /** Asks for a pod's eviction: a deletion that PodDisruptionBudgets may refuse. The object is a policy/v1 Eviction. */
  async evict(eviction: NewObject, options: CallOptions = {}): Promise<void> {
    const place = { ...placeOf(eviction), subresource: "eviction" };
    const purpose = `evict ${describePlace(resources.pods, place)}`;
    const path = pathOf(resources.pods, place);
    await this.connection.call({ method: "POST", path, body: eviction, purpose, signal: options.signal });
  }

  /** The last part of a container's log. */
  async logs(
    namespace: string,
    pod: string,
    query: Readonly<Record<string, string | number | boolean>>,
  ): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
    return this.connection.call({
      method: "GET",
      path,
      query,
      purpose: `read log of pods ${namespace}/${pod}`,
    });
  }
}

/** @param userAgent Names the caller in the audit log: `seaworthy/<version>::<case id>`. */
export function openKube(kubeconfig: string, userAgent: string, options?: ConnectOptions): KubeClient {
  return new KubeClient(connect(kubeconfig, userAgent, options));
}

/** Whether the API answered with this HTTP status. */
export function isStatus(thrown: unknown, status: number): boolean {
  return isKitError(thrown) && thrown.code === "KUBE_API" && thrown.details["status"] === status;
}

function placeOf(object: NewObject): Place {
  const { name, namespace } = object.metadata;
  return namespace === undefined ? { name } : { name, namespace };
}
