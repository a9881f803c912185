// SPDX-License-Identifier: Apache-2.0
import { assumedSpace, selectedNode } from "./assumed.ts";
import { demandsOfPod, isBound } from "./demands.ts";
import type { InFlight } from "./in-flight.ts";
import { judge } from "./judge.ts";
import type { Verdict } from "./judge.ts";
import type { Assumed, Demand, PoolView } from "./model.ts";
import { fullName } from "./objects.ts";
import type { Holdings, Lookup, Pod } from "./objects.ts";
import { poolViews } from "./pool-views.ts";
import { roomsAfter } from "./room.ts";
import type { Room } from "./room.ts";
import { HIGHEST_SCORE } from "./wire.ts";
import type { ExtenderArgs, FilterResult, HostPriority } from "./wire.ts";

/** What an extender is built from. */
export interface ExtenderParts {
  readonly view: Lookup & Holdings & { changed(atMostMs: number): Promise<void> };
  readonly inFlight: InFlight;
  /** A pool that has been silent for longer takes its node out, milliseconds. */
  readonly silenceMs: number;
}

/** Everything that is promised or free now, for people. */
interface CacheReport {
  readonly pools: readonly (Omit<Room, "pool"> & {
    name: string;
    node: string;
    heartbeat: Date;
    silent: boolean;
  })[];
  readonly assumed: readonly Assumed[];
}

/** The two questions of kube-scheduler, and a look at what they are answered from. */
export interface Extender {
  filter(args: ExtenderArgs): Promise<FilterResult>;
  prioritize(args: ExtenderArgs): HostPriority[];
  cache(): CacheReport;
}

/** Answers for all instances of the driver together: whichever report pools. */
export function createExtender({ view, inFlight, silenceMs }: ExtenderParts): Extender {
  return {
    filter: async ({ pod, nodeNames }) => {
      const name = fullName(pod);
      for (;;) {
        const now = Date.now();
        const demands = demandsFor(pod);
        if (demands.length === 0) return admitAll(nodeNames);
        const rivals = inFlight.mayTake(name, now, isOpen);
        const plain = judgeAll(nodeNames, demands, []);
        // While it is open what an earlier pod takes, only an answer that does not depend on it is safe.
        if (rivals.length > 0 && !sameNodes(plain, judgeAll(nodeNames, demands, rivals))) {
          await view.changed(Math.max(1, (inFlight.nextEnd ?? now) - now));
          continue;
        }
        const result = toResult(plain);
        inFlight.offer(name, demands.filter(isOpen), result.NodeNames, now);
        return result;
      }
    },
    prioritize: ({ pod, nodeNames }) => {
      const verdicts = judgeAll(nodeNames, demandsFor(pod), []);
      return [...verdicts].map(([Host, verdict]) => ({
        Host,
        Score: verdict.fits ? Math.round(verdict.left * HIGHEST_SCORE) : 0,
      }));
    },
    cache: () => {
      const { rooms, assumed } = survey([]);
      const freshSince = Date.now() - silenceMs;
      return {
        pools: rooms.map(({ pool, freeBytes, largestBytes }) => ({
          name: pool.name,
          node: pool.node,
          freeBytes,
          largestBytes,
          heartbeat: pool.heartbeat,
          silent: pool.heartbeat.getTime() < freshSince,
        })),
        assumed,
      };
    },
  };

  function demandsFor(pod: Pod): Demand[] {
    return demandsOfPod(pod, view, driversOf(poolViews(view.storages())));
  }

  /** A demand whose claim the scheduler has not yet written a node into. */
  function isOpen(demand: Demand): boolean {
    const [namespace = "", name = ""] = demand.claim.split("/");
    const claim = view.claim(namespace, name);
    return claim !== undefined && !isBound(claim) && selectedNode(claim) === undefined;
  }

  function survey(
    rivals: readonly Assumed[],
    except: readonly Demand[] = [],
  ): { rooms: Room[]; assumed: Assumed[] } {
    const pools = poolViews(view.storages());
    const own = new Set(except.map((demand) => demand.volumeId));
    const from = {
      claims: view.claims(),
      records: view.records(),
      pools,
      lookup: view,
      drivers: driversOf(pools),
    };
    const assumed = assumedSpace(from).filter((entry) => !own.has(entry.volumeId));
    const rooms = roomsAfter(pools, [...assumed, ...rivals], (node) => labelsOf(node));
    return { rooms, assumed };
  }

  function judgeAll(
    nodeNames: readonly string[],
    demands: readonly Demand[],
    rivals: readonly Assumed[],
  ): Map<string, Verdict> {
    const { rooms } = survey(rivals, demands);
    const freshSince = new Date(Date.now() - silenceMs);
    return new Map(
      nodeNames.map((name) => [
        name,
        judge({ node: { name, labels: labelsOf(name) }, demands, rooms, freshSince }),
      ]),
    );
  }

  function labelsOf(name: string): Record<string, string> {
    return view.nodes().find((node) => node.metadata?.name === name)?.metadata?.labels ?? {};
  }
}

function driversOf(pools: readonly PoolView[]): ReadonlySet<string> {
  return new Set(pools.map((pool) => pool.driverName));
}

function admitAll(nodeNames: readonly string[]): FilterResult {
  return { NodeNames: nodeNames, FailedAndUnresolvableNodes: {} };
}

function sameNodes(one: ReadonlyMap<string, Verdict>, other: ReadonlyMap<string, Verdict>): boolean {
  return [...one].every(([name, verdict]) => other.get(name)?.fits === verdict.fits);
}

function toResult(verdicts: ReadonlyMap<string, Verdict>): FilterResult {
  const failed = [...verdicts].flatMap(([name, verdict]) => (verdict.fits ? [] : [[name, verdict.reason]]));
  const fits = [...verdicts].filter(([, verdict]) => verdict.fits).map(([name]) => name);
  return {
    NodeNames: fits,
    FailedAndUnresolvableNodes: Object.fromEntries(failed) as Record<string, string>,
  };
}
