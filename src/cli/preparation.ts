// SPDX-License-Identifier: Apache-2.0
import {
  type BringUpRequest,
  clusterHash,
  clusterName,
  createCluster,
  findCluster,
  loadNodeImage,
} from "../cluster/bring-up.ts";
import { withClusterLock } from "../cluster/cluster-lock.ts";
import type { Engine } from "../cluster/engine/docker.ts";
import { ensureEngine } from "../cluster/engine/ensure-engine.ts";
import { type HostFacts, readHostFacts } from "../cluster/host.ts";
import { buildPrograms, installPackages, missingPackages } from "../cluster/host-packages.ts";
import { sweepUnfinished } from "../cluster/images/artefact-store.ts";
import { ensureImages, type Images } from "../cluster/images/ensure-images.ts";
import { readClusterRecord } from "../cluster/cluster-record.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import type { ClusterShape } from "../cluster/shape.ts";
import { takeDown } from "../cluster/take-down.ts";
import { KitError } from "../support/errors.ts";
import { endOrphans } from "../support/orphans.ts";
import type { Step } from "./progress.ts";

/** What the steps of a bring-up find out one after another. */
export interface Preparation {
  readonly shape: ClusterShape;
  /** May the kit install packages? */
  readonly consent: boolean;
  facts?: HostFacts;
  images?: Images;
  engine?: Engine;
  cluster?: RunningCluster;
  /** Others use the cluster at the same time: it is never replaced. */
  readonly shared?: boolean;
  /** True when this run made the cluster, which is then this run's to remove. */
  created?: boolean;
}

/** From nothing to all nodes with their pools; what is there already is used. */
export const clusterSteps: readonly Step<Preparation>[] = [
  {
    title: "Look at this machine",
    run: async (state, say) => {
      state.facts = await readHostFacts();
      if (!state.facts.root) {
        throw new KitError("ROOT_NEEDED", "bringing up a cluster with loop devices needs root", {
          kind: "host",
          hint: "run the command as root; `seaworthy doctor` lists everything it needs",
        });
      }
      await endOrphans();
      await sweepUnfinished();
      await installPackages(await missingPackages(buildPrograms), state.consent, say);
    },
  },
  {
    title: "Images: from the cache, pulled, or built once",
    run: async (state, say) => {
      state.images = await ensureImages((part, doing) => say(`${part}: ${doing}`));
    },
  },
  {
    title: "Docker engine",
    run: async (state, say) => {
      const { facts, images } = need(state);
      state.engine = await ensureEngine(facts, images.boundedRunc);
      say("loading the node image");
      await loadNodeImage(state.engine, images);
    },
  },
  {
    title: "Cluster: nodes, network and pools",
    run: async (state, say) => {
      const { facts, images } = need(state);
      const { engine, shape } = state;
      if (engine === undefined)
        throw new KitError("STEP_ORDER", "the cluster step ran before the engine step");
      const name = clusterName(shape);
      await withClusterLock(name, say, () =>
        findOrCreate(state, { name, shape, engine, images, facts }, say),
      );
    },
  },
];

/** Two commands at once agree on one cluster: the second finds what the first has made. */
async function findOrCreate(
  state: Preparation,
  request: BringUpRequest,
  say: (doing: string) => void,
): Promise<void> {
  const { name, shape, images } = request;
  const found = await findCluster(name, clusterHash(shape, images));
  if (found !== undefined) {
    state.cluster = found;
    return;
  }
  if (state.shared === true && (await readClusterRecord(name)) !== undefined) {
    throw new KitError(
      "CLUSTER_DIFFERS",
      `${name} is up, but does not answer or was made from other things`,
      {
        hint: "a copy is meant to go beside others, so nothing was removed: run `seaworthy down` when nobody uses it",
      },
    );
  }
  await takeDown(name, (doing) => say(`removing an earlier ${doing}`), { keepEngine: true });
  state.created = true;
  state.cluster = await createCluster(request, say);
}

/** @throws KitError when the steps were put in a wrong order */
export function need(state: Preparation): { facts: HostFacts; images: Images } {
  const { facts, images } = state;
  if (facts === undefined || images === undefined)
    throw new KitError("STEP_ORDER", "a step ran before those it builds on");
  return { facts, images };
}

/** Removes the cluster when this run made it. */
export async function removeCreated(state: Preparation, say: (doing: string) => void): Promise<void> {
  if (state.created === true) await takeDown(clusterName(state.shape), say);
}
