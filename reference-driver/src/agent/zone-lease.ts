// SPDX-License-Identifier: Apache-2.0
import { CoordinationV1Api, V1Lease, V1LeaseSpec, V1MicroTime, V1ObjectMeta } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import { log, messageOf } from "../support/log.ts";

/** What a lease is asked for with. */
export interface LeaseRequest {
  readonly config: KubeConfig;
  readonly namespace: string;
  /** Name of the lease; one of all that ask for it holds it. */
  readonly name: string;
  readonly holder: string;
  /** Called once, when the lease is no longer held: what was done under it must not go on. */
  readonly onLost: () => void;
}

const DURATION_S = 15;
const RENEW_MS = 4_000;
const ASK_MS = 2_000;

/**
 * Waits until this process holds the lease, and from then on renews it. As client-go does, a holder that could not renew
 * for two thirds of the lease's duration counts as having lost it, before another may take it.
 * @returns ends the renewals; the lease then runs out by itself
 */
export async function holdLease(request: LeaseRequest): Promise<() => void> {
  while (!(await tryToHold(request))) await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  log({ event: "lease held", name: request.name, holder: request.holder });
  let renewed = Date.now();
  const renew = async (): Promise<void> => {
    if (await tryToHold(request)) renewed = Date.now();
    if (Date.now() - renewed < (DURATION_S * 1000 * 2) / 3) return;
    clearInterval(timer);
    request.onLost();
  };
  const timer = setInterval(() => void renew(), RENEW_MS);
  return () => clearInterval(timer);
}

async function tryToHold(request: LeaseRequest): Promise<boolean> {
  const { config, namespace, name, holder } = request;
  const api = config.makeApiClient(CoordinationV1Api);
  try {
    const { items } = await api.listNamespacedLease({ namespace, fieldSelector: `metadata.name=${name}` });
    const [found] = items;
    if (found === undefined) {
      const fresh = Object.assign(new V1Lease(), { metadata: Object.assign(new V1ObjectMeta(), { name }) });
      await api.createNamespacedLease({ namespace, body: heldBy(holder, fresh) });
      return true;
    }
    if (found.spec?.holderIdentity !== holder && !isOver(found)) return false;
    // The version read makes a replacement by somebody else in between a conflict.
    await api.replaceNamespacedLease({ namespace, name, body: heldBy(holder, found) });
    return true;
  } catch (error) {
    log({ event: "lease not held", name, holder, message: messageOf(error) });
    return false;
  }
}

function heldBy(holderIdentity: string, lease: V1Lease): V1Lease {
  const renewTime = new V1MicroTime(new Date());
  lease.spec = Object.assign(new V1LeaseSpec(), {
    holderIdentity,
    leaseDurationSeconds: DURATION_S,
    renewTime,
  });
  return lease;
}

function isOver({ spec }: V1Lease): boolean {
  const renewed = spec?.renewTime === undefined ? 0 : new Date(spec.renewTime).getTime();
  return Date.now() - renewed > (spec?.leaseDurationSeconds ?? DURATION_S) * 1000;
}
