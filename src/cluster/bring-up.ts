// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../support/exec.ts";
import {
  type ClusterRecord,
  clusterFolder,
  readClusterRecord,
  writeClusterRecord,
} from "./cluster-record.ts";
import { docker, dockerEnvironment, type Engine } from "./engine/docker.ts";
import type { HostFacts } from "./host.ts";
import type { Say } from "./images/artefact-store.ts";
import type { Images } from "./images/ensure-images.ts";
import { hashValues } from "./images/hash-inputs.ts";
import { raiseInotifyInstances } from "./inotify.ts";
import { Journal } from "./journal.ts";
import { extenderMounts, writeExtenderFiles } from "./kind/extender-files.ts";
import { kindConfig, kindWorkerName } from "./kind/kind-config.ts";
import { runningCluster } from "./open.ts";
import { attachLoopDevice } from "./pools/loop-devices.ts";
import { makeVolumeGroups } from "./pools/make-volume-groups.ts";
import { makeZoneGroups, planZonePools, type ZoneDevice } from "./pools/zone-pools.ts";
import type { ClusterNode, RunningCluster } from "./provider.ts";
import { type ClusterShape, schedulerSources, shapeNodes } from "./shape.ts";

/** What a cluster is made from. */
export interface BringUpRequest {
  readonly name: string;
  readonly shape: ClusterShape;
  readonly engine: Engine;
  readonly images: Images;
  readonly facts: HostFacts;
}

/** A cluster is called after its shape, so that two shapes can be up at once. */
export function clusterName(shape: ClusterShape): string {
  return `sw-${shape.metadata.name}`;
}

/** Hash of all a cluster is made from: an existing cluster with the same one is used as it is. */
export function clusterHash(shape: ClusterShape, images: Images): string {
  return hashValues(shape, images.node.id);
}

/** The cluster when it is up, was made from the same things, and its API server answers. */
export async function findCluster(name: string, hash: string): Promise<RunningCluster | undefined> {
  const record = await readClusterRecord(name);
  if (record === undefined || record.hash !== hash) return undefined;
  const cluster = runningCluster(record);
  // A run that was killed may have left a node without power; one that is gone altogether shows below.
  await Promise.allSettled(record.nodes.map(async (node) => cluster.power?.restore(node.name)));
  const controlPlane = record.nodes.find((node) => node.controlPlane)?.name ?? "";
  const answer = await cluster.exec(controlPlane, ["kubectl", "get", "--raw", "/readyz"], {
    allowFailure: true,
    // a busy machine is no reason to make the cluster anew
    timeout: 120_000,
  });
  return answer.exitCode === 0 ? cluster : undefined;
}

/** Loads the node image into the engine unless the engine has it. */
export async function loadNodeImage(engine: Engine, images: Images): Promise<void> {
  const present = await docker(engine, ["image", "inspect", "--format", "{{.Id}}", images.node.name], {
    allowFailure: true,
  });
  if (present.exitCode === 0) return;
  await docker(engine, ["load", "--quiet", "--input", images.node.archive]);
}

/** Creates node containers, pools and record. Everything is in the journal before it is made. */
export async function createCluster(request: BringUpRequest, say: Say): Promise<RunningCluster> {
  const { name, shape, engine, images } = request;
  const folder = clusterFolder(name);
  const nodes = planNodes(name, shape);
  const poolFile = (node: ClusterNode, poolClass: string): string =>
    join(folder, "pools", `${node.name}-${poolClass}.img`);
  const zonePools = planZonePools(name, shape, folder);
  const journal = new Journal(name);
  await journal.record(
    { kind: "folder", path: folder },
    ...zonePools.flatMap((pool) => [
      { kind: "loop-device" as const, backingFile: pool.backingFile },
      { kind: "volume-group" as const, name: pool.volumeGroup },
    ]),
    ...nodes.flatMap((node) =>
      node.pools.flatMap((pool) => [
        { kind: "loop-device" as const, backingFile: poolFile(node, pool.class) },
        { kind: "volume-group" as const, name: pool.volumeGroup },
      ]),
    ),
    { kind: "docker-network", name, socket: engine.socket },
    { kind: "kind-cluster", name, socket: engine.socket },
  );
  await raiseInotifyInstances(journal);
  await mkdir(join(folder, "pools"), { recursive: true, mode: 0o700 });
  say("attaching loop devices");
  const withDevices: ClusterNode[] = [];
  for (const node of nodes) {
    const pools = [];
    for (const pool of node.pools) {
      pools.push({ ...pool, device: await attachLoopDevice(poolFile(node, pool.class), pool.bytes) });
    }
    withDevices.push({ ...node, pools });
  }
  const zoneDevices: ZoneDevice[] = [];
  for (const pool of zonePools) {
    zoneDevices.push({ ...pool, device: await attachLoopDevice(pool.backingFile, pool.bytes) });
  }
  await runKind(request, folder, say);
  const record: ClusterRecord = {
    name,
    shape: shape.metadata.name,
    hash: clusterHash(shape, images),
    socket: engine.socket,
    kubeconfig: join(folder, "kubeconfig"),
    kubernetesVersion: images.kubernetes,
    rackLabel: shape.spec.rackLabel,
    scheduler: schedulerSources(shape),
    images: images.node.variant,
    nodes: withDevices.map((node) => ({ ...node, pools: [...node.pools] })),
  };
  const cluster = runningCluster(record);
  say("making volume groups");
  await Promise.all(withDevices.map((node) => makeVolumeGroups(cluster, node)));
  await makeZoneGroups(cluster, withDevices, zoneDevices);
  await writeClusterRecord(record);
  return cluster;
}

function planNodes(cluster: string, shape: ClusterShape): ClusterNode[] {
  const workers = shapeNodes(shape).map((node, index) => {
    const name = kindWorkerName(cluster, index);
    const pools = node.pools.map((pool) => ({
      ...pool,
      volumeGroup: `${name}-${pool.class}`.replaceAll("-", "_"),
      device: "",
    }));
    return { name, controlPlane: false, region: node.region, zone: node.zone, rack: node.rack, pools };
  });
  return [{ name: `${cluster}-control-plane`, controlPlane: true, pools: [] }, ...workers];
}

async function runKind(request: BringUpRequest, folder: string, say: Say): Promise<void> {
  const { name, shape, engine, images, facts } = request;
  const config = join(folder, "kind.yaml");
  const { cgroupVersion } = facts;
  const { extender } = schedulerSources(shape);
  const mounts = extender ? extenderMounts(folder) : [];
  if (extender) await writeExtenderFiles(folder);
  await writeFile(
    config,
    kindConfig(shape, { clusterName: name, image: images.node.name, cgroupVersion, mounts }),
    { mode: 0o600 },
  );
  const env = {
    ...dockerEnvironment(engine),
    KIND_EXPERIMENTAL_PROVIDER: "docker",
    KIND_EXPERIMENTAL_DOCKER_NETWORK: name,
  };
  const files = ["--config", config, "--kubeconfig", join(folder, "kubeconfig")];
  // --retain: the journal removes what a failed bring-up leaves, and until then its logs can be read
  await exec([images.kind, "create", "cluster", "--name", name, ...files, "--wait", "0s", "--retain"], {
    env,
    onLine: (line) => {
      const step = /^ [•✓✗] (.+?)( \S*)?$/u.exec(line)?.[1];
      if (step !== undefined) say(step.trim());
    },
  });
}
