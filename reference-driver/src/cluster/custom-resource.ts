// SPDX-License-Identifier: Apache-2.0
import { CustomObjectsApi, PatchStrategy, setHeaderOptions } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import { GROUP, VERSION } from "./resources.ts";
import type { ResourceObject } from "./resources.ts";

const NOT_FOUND = 404;
const CONFLICT = 409;
const APPLY = setHeaderOptions("Content-Type", PatchStrategy.ServerSideApply);
const MERGE = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** HTTP status of an API error, undefined for any other error. */
function apiStatus(error: unknown): number | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "number" ? code : undefined;
}

/** Access to one cluster-scoped custom resource of the driver's group. */
export class CustomResource<T extends ResourceObject> {
  readonly #api: CustomObjectsApi;
  readonly #target: { readonly group: string; readonly version: string; readonly plural: string };

  constructor(config: KubeConfig, plural: string) {
    this.#api = config.makeApiClient(CustomObjectsApi);
    this.#target = { group: GROUP, version: VERSION, plural };
  }

  async get(name: string): Promise<T | undefined> {
    try {
      return (await this.#api.getClusterCustomObject({ ...this.#target, name })) as T;
    } catch (error) {
      if (apiStatus(error) === NOT_FOUND) return undefined;
      throw error;
    }
  }

  async list(labelSelector: string): Promise<{ items: T[]; metadata?: { resourceVersion?: string } }> {
    return (await this.#api.listClusterCustomObject({ ...this.#target, labelSelector })) as { items: T[] };
  }

  /** Creates the object; false when one of that name exists. */
  async create(body: T): Promise<boolean> {
    try {
      await this.#api.createClusterCustomObject({ ...this.#target, body });
      return true;
    } catch (error) {
      if (apiStatus(error) === CONFLICT) return false;
      throw error;
    }
  }

  /** Asks for the object's removal; true when there was one. */
  async delete(name: string): Promise<boolean> {
    try {
      await this.#api.deleteClusterCustomObject({ ...this.#target, name });
      return true;
    } catch (error) {
      if (apiStatus(error) === NOT_FOUND) return false;
      throw error;
    }
  }

  /** Merges into the object (JSON merge patch) and gives it as it is then; an object that is gone is left gone. */
  async merge(name: string, body: object): Promise<T | undefined> {
    const patch = () => this.#api.patchClusterCustomObject({ ...this.#target, name, body }, MERGE);
    return (await this.#ignoringGone(patch)) as T | undefined;
  }

  /** Merges into the object's status. */
  async mergeStatus(name: string, status: object): Promise<void> {
    await this.#ignoringGone(() =>
      this.#api.patchClusterCustomObjectStatus({ ...this.#target, name, body: { status } }, MERGE),
    );
  }

  /** Sets what this owner says in the object's status, and takes away what it no longer says (server-side apply). */
  async applyStatus(
    name: string,
    object: { readonly kind: string; readonly status: object },
    owner: string,
  ): Promise<void> {
    const body = { apiVersion: `${GROUP}/${VERSION}`, metadata: { name }, ...object };
    const request = { ...this.#target, name, body, fieldManager: owner, force: true };
    await this.#ignoringGone(() => this.#api.patchClusterCustomObjectStatus(request, APPLY));
  }

  async #ignoringGone(work: () => Promise<unknown>): Promise<unknown> {
    try {
      return await work();
    } catch (error) {
      if (apiStatus(error) !== NOT_FOUND) throw error;
      return undefined;
    }
  }
}
