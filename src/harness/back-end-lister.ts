// SPDX-License-Identifier: Apache-2.0
import type { BackEndItem } from "../catalogue/context/back-end.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { KitError } from "../support/errors.ts";
import { shareNext } from "../support/share-next.ts";

/** What a back end holds, whoever is asked. */
export interface Lister {
  readonly list: () => Promise<readonly BackEndItem[]>;
}

/** Nodes by the domain whose volumes they all reach. */
export type DomainOf = (node: string) => string;

/** Lists what the back end holds, node by node; what several nodes of a domain share is listed once. Callers that ask at the same time share one listing. */
export class BackEndLister implements Lister {
  readonly #cluster: RunningCluster;
  readonly #command: readonly [string, ...string[]];
  readonly #domainOf: DomainOf;
  /** @throws KitError `BACK_END_LIST` when a node does not answer. */
  readonly list: () => Promise<readonly BackEndItem[]>;

  constructor(cluster: RunningCluster, command: readonly [string, ...string[]], domainOf: DomainOf) {
    this.#cluster = cluster;
    this.#domainOf = domainOf;
    this.#command = command;
    this.list = shareNext(() => this.#listAll());
  }

  async #listAll(): Promise<readonly BackEndItem[]> {
    const workers = this.#cluster.nodes.filter((node) => !node.controlPlane);
    const items = (await Promise.all(workers.map((node) => this.#listOne(node.name)))).flat();
    return oncePerDomain(items, this.#domainOf);
  }

  async #listOne(node: string): Promise<readonly BackEndItem[]> {
    const { stdout, stderr, exitCode } = await this.#cluster.exec(node, this.#command, {
      allowFailure: true,
      timeout: 30_000,
    });
    if (exitCode !== 0) {
      const message = `list the back end of node ${node}: exit code ${String(exitCode)}: ${stderr.trim().split("\n").at(-1) ?? ""}`;
      throw new KitError("BACK_END_LIST", message, {
        hint: "Check backEnd.onNode.command in the driver profile.",
      });
    }
    return parseListing(stdout).map((id) => ({ id, node }));
  }
}

/** The first word of each line that has one. */
export function parseListing(text: string): string[] {
  return text.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
}

/** Each id once for each domain, with the first node that lists it. */
export function oncePerDomain(items: readonly BackEndItem[], domainOf: DomainOf): BackEndItem[] {
  const found = new Map<string, BackEndItem>();
  for (const item of items) {
    const key = `${domainOf(item.node)} ${item.id}`;
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}
