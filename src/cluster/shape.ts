// SPDX-License-Identifier: Apache-2.0
import { readdir } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { z } from "zod";
import { KitError } from "../support/errors.ts";
import { packageRoot } from "../support/paths.ts";
import { suggest } from "../support/suggest.ts";
import { readYaml } from "../support/yaml.ts";

const name = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, "lower-case letters, digits and hyphens, at most 32");
const labelKey = z
  .string()
  .regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/, "a Kubernetes label key");

const pool = z.strictObject({
  class: name.describe("What a StorageClass names to choose among a node's pools"),
  size: z
    .string()
    .regex(/^[1-9]\d*(Mi|Gi)$/, "a size such as 512Mi or 4Gi")
    .describe("Size of the loop device, sparse on the host"),
});

const nodePool = pool.extend({
  thin: z
    .boolean()
    .optional()
    .describe(
      "Volumes are cut out of a thin pool, on kernels with device-mapper; told to the driver in pools.json",
    ),
});
const node = z.strictObject({ pools: z.array(nodePool).default([]) });
const rack = z.strictObject({ name, nodes: z.array(node).min(1) });
const zone = z.strictObject({
  name,
  racks: z.array(rack).min(1),
  pools: z
    .array(pool)
    .optional()
    .describe("Pools that every node of the zone reaches, as it would the zone's network disks"),
});

const scheduler = z.strictObject({
  extender: z
    .boolean()
    .describe("kube-scheduler asks the driver's extender about every pod, when one is deployed"),
  capacityObjects: z
    .boolean()
    .describe("kube-scheduler heeds the CSIStorageCapacity objects of a driver that publishes them"),
});

/** `clusters/*.yaml`: zones × racks × nodes × pools. One control plane is always added. */
export const clusterShape = z.strictObject({
  apiVersion: z.literal("seaworthy.dev/v1"),
  kind: z.literal("ClusterShape"),
  metadata: z.strictObject({ name }),
  spec: z.strictObject({
    region: name,
    rackLabel: labelKey.describe("The custom topology domain between zone and hostname"),
    scheduler: scheduler
      .optional()
      .describe(
        "How the scheduler knows which nodes have room for a local volume; by both ways when left out",
      ),
    zones: z.array(zone).min(1),
  }),
});

export type ClusterShape = z.infer<typeof clusterShape>;

/** A worker as the shape places it; its index is its place in the kind configuration. */
export interface ShapeNode {
  readonly region: string;
  readonly zone: string;
  readonly rack: string;
  readonly pools: readonly { readonly class: string; readonly bytes: number; readonly thin?: boolean }[];
}

/** A pool that every node of a zone reaches. */
export interface ZonePool {
  readonly zone: string;
  readonly class: string;
  readonly bytes: number;
}

/** All pools of a shape that belong to zones. */
export function shapeZonePools(shape: ClusterShape): ZonePool[] {
  return shape.spec.zones.flatMap((zone) =>
    (zone.pools ?? []).map((pool) => ({ zone: zone.name, class: pool.class, bytes: parseSize(pool.size) })),
  );
}

/** What a shape's scheduler consults. */
export function schedulerSources(shape: ClusterShape): { extender: boolean; capacityObjects: boolean } {
  return shape.spec.scheduler ?? { extender: true, capacityObjects: true };
}

/** All workers of a shape, zone by zone and rack by rack. */
export function shapeNodes(shape: ClusterShape): ShapeNode[] {
  return shape.spec.zones.flatMap((zone) =>
    zone.racks.flatMap((rack) =>
      rack.nodes.map((node) => ({
        region: shape.spec.region,
        zone: zone.name,
        rack: rack.name,
        pools: node.pools.map(({ class: poolClass, size, thin }) => ({
          class: poolClass,
          bytes: parseSize(size),
          ...(thin === undefined ? {} : { thin }),
        })),
      })),
    ),
  );
}

/**
 * Reads a shape by name (`clusters/<name>.yaml`) or by path.
 * @throws KitError of kind `usage`; nothing was touched then
 */
export async function readShape(nameOrPath: string): Promise<ClusterShape> {
  if (extname(nameOrPath) !== "" || nameOrPath.includes("/"))
    return readYaml(resolve(nameOrPath), clusterShape);
  const folder = join(packageRoot, "clusters");
  const known = (await readdir(folder))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => basename(file, ".yaml"));
  if (!known.includes(nameOrPath)) {
    const close = suggest(nameOrPath, known);
    throw new KitError(
      "SHAPE_UNKNOWN",
      `no cluster shape is called "${nameOrPath}"; there are ${known.join(", ")}`,
      {
        kind: "usage",
        hint:
          close === undefined ? "give one of these, or the path of a YAML file" : `did you mean ${close}?`,
      },
    );
  }
  return readYaml(join(folder, `${nameOrPath}.yaml`), clusterShape);
}

/** Bytes of a Kubernetes quantity with a binary suffix. */
function parseSize(size: string): number {
  return Number(size.slice(0, -2)) * (size.endsWith("Gi") ? 2 ** 30 : 2 ** 20);
}
