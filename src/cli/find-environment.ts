// SPDX-License-Identifier: Apache-2.0
import type { HostFacts } from "../cluster/host.ts";
import type { RunningCluster } from "../cluster/provider.ts";
import { repositoryOf } from "../driver/driver-images.ts";
import type { DriverProfile } from "../driver/profile.ts";
import type { KubeClient } from "../kube/kube-client.ts";
import { resources } from "../kube/resources.ts";
import type { ConformanceReport, ImageRef } from "../report/model.ts";

/** The parts of a report that say what ran where, read from the cluster itself. */
export async function findEnvironment({
  cluster,
  kube,
  facts,
  profile,
}: {
  cluster: RunningCluster;
  kube: KubeClient;
  /** Undefined when the nodes are not on this machine. */
  facts: HostFacts | undefined;
  profile: DriverProfile;
}): Promise<Pick<ConformanceReport, "driver" | "environment" | "nodes">> {
  const images = await runningImages(kube, profile);
  const own = profile.spec.install.build && repositoryOf(profile.spec.install.build.image);
  const isDriver = (image: ImageRef): boolean =>
    own === undefined ? !image.name.includes("/sig-storage/") : repositoryOf(image.name) === own;
  const nodeInfo = await kube.list(resources.nodes);
  const { name, version, organization, url } = profile.spec.driver;
  return {
    driver: { name, vendorVersion: version, organization, url, images: images.filter(isDriver) },
    environment: {
      kubernetes: cluster.kubernetesVersion,
      kernel: nodeInfo.items[0]?.status?.nodeInfo?.kernelVersion ?? "unknown",
      cgroupVersion: facts === undefined ? "unknown" : facts.cgroupVersion === 1 ? "v1" : "v2",
      provider: cluster.provider,
      shape: cluster.shape,
      images: cluster.images,
      activation: facts === undefined ? "unknown" : facts.deviceMapper ? "device-mapper" : "loop-mapping",
      sidecarImages: images.filter((image) => !isDriver(image)),
    },
    nodes: cluster.nodes.map((node) => ({
      ...node,
      pools: node.pools.map((pool) => ({ class: pool.class, bytes: pool.bytes })),
    })),
  };
}

/** Every image that runs in the namespaces the driver was deployed into, with the digest the node resolved. */
async function runningImages(kube: KubeClient, profile: DriverProfile): Promise<ImageRef[]> {
  const namespaces = [...new Set(profile.spec.install.ready.map((workload) => workload.namespace))];
  const lists = await Promise.all(namespaces.map((namespace) => kube.list(resources.pods, { namespace })));
  const found = new Map<string, ImageRef>();
  for (const pod of lists.flatMap((list) => list.items)) {
    for (const container of pod.spec.containers) {
      const status = pod.status?.containerStatuses?.find((candidate) => candidate.name === container.name);
      const digest = /sha256:[0-9a-f]{64}/.exec(status?.imageID ?? "")?.[0];
      found.set(container.image, { name: container.image, ...(digest === undefined ? {} : { digest }) });
    }
  }
  return [...found.values()];
}
