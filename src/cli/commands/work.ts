// SPDX-License-Identifier: Apache-2.0
import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import { loadCatalogue } from "../../catalogue/load.ts";
import { readDriverProfile } from "../../driver/profile.ts";
import { KitError } from "../../support/errors.ts";
import { certify } from "../certification.ts";
import type { DriverState } from "../driver-state.ts";
import { type WorkOrder, workOrder, workPlaces } from "../in-cluster/work-order.ts";
import type { Interrupts } from "../interrupts.ts";
import { leave, prepareJoined } from "../joining.ts";
import { kitVersion } from "../kit-version.ts";

/** What `certify --in-cluster` runs in its pods; nobody else calls it. */
export function workCommand(interrupts: Interrupts): Command {
  return new Command("work")
    .description("One worker of certify --in-cluster, in a pod of its Job.")
    .requiredOption("--first <index>", "index in the order of the Job's first worker")
    .addHelpText("after", examples)
    .action(({ first }: { first: string }) => work(Number(first), interrupts));
}

const examples = `
Examples:
  seaworthy work --first 0    only in a pod that certify --in-cluster has made`;

async function work(first: number, interrupts: Interrupts): Promise<void> {
  const order = workOrder.parse(JSON.parse(await readFile(workPlaces.order, "utf8")));
  const index = first + Number(process.env["JOB_COMPLETION_INDEX"]);
  const part = order.workers[index];
  if (part === undefined) throw new KitError("ORDER_LACKS", `the order names no worker ${String(index)}`);
  await expectSameKit(order);
  const state: DriverState = {
    profile: await readDriverProfile(workPlaces.profile),
    profileFile: workPlaces.profile,
    signal: interrupts.signal,
    part,
  };
  const kubeconfig = join(workPlaces.home, "kubeconfig");
  await writeFile(kubeconfig, JSON.stringify(accountConfig()), { mode: 0o600 });
  const prepare = (): Promise<void> => prepareJoined(state, { kubeconfig, probeImage: order.probeImage });
  interrupts.onInterrupt(() => leave(state));
  try {
    await certify(state, prepare, {
      catalogueHash: order.catalogueHash,
      commit: order.commit,
      caseIds: part.caseIds,
      scope: {
        ...(order.selection === undefined ? {} : { selection: order.selection }),
        shard: {
          index: index + 1,
          of: order.workers.length,
          planned: order.workers.reduce((sum, { caseIds }) => sum + caseIds.length, 0),
        },
      },
      certifyFlags: order.certifyFlags,
      ...(order.poolBytes === undefined ? {} : { poolBytes: order.poolBytes }),
      sealing: {},
      out: workPlaces.report,
    });
  } finally {
    if (!interrupts.happened) await leave(state);
  }
  await writeFile(workPlaces.done, "");
  await untilTaken(interrupts.signal);
}

/** @throws KitError `KIT_IMAGE_DIFFERS` when the image holds other cases than the kit that gave the order */
async function expectSameKit(order: WorkOrder): Promise<void> {
  const { hash } = await loadCatalogue();
  const version = await kitVersion();
  if (hash === order.catalogueHash && version === order.kitVersion) return;
  throw new KitError(
    "KIT_IMAGE_DIFFERS",
    `the kit's image holds ${version} with catalogue ${hash.slice(0, 12)}, the order is for ${order.kitVersion} with ${order.catalogueHash.slice(0, 12)}`,
    { kind: "usage", hint: "write the image again with `seaworthy image --kit --out kit.tar`, and push it" },
  );
}

/** The pod's own account, by the address that the kubelet puts into every pod. */
function accountConfig(): object {
  const host = process.env["KUBERNETES_SERVICE_HOST"] ?? "kubernetes.default.svc";
  const port = process.env["KUBERNETES_SERVICE_PORT"] ?? "443";
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const tokenFile = join(workPlaces.account, "token");
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "here", cluster: { server, "certificate-authority": join(workPlaces.account, "ca.crt") } },
    ],
    // read again and again: the kubelet renews it
    users: [{ name: "account", user: { "auth-provider": { name: "tokenFile", config: { tokenFile } } } }],
    contexts: [{ name: "here", context: { cluster: "here", user: "account" } }],
    "current-context": "here",
  };
}

/** Milliseconds that a report waits for whoever gave the order. */
const patience = 3_600_000;

/** The report is in this pod alone until somebody takes it. */
async function untilTaken(interrupted: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(patience)]);
  const watcher = watch(workPlaces.home);
  try {
    while (!existsSync(workPlaces.taken)) await once(watcher, "change", { signal });
  } catch (thrown) {
    // whoever gave the order is not there any more: nobody needs another pod
    if (!signal.aborted) throw thrown;
  } finally {
    watcher.close();
  }
}
