// SPDX-License-Identifier: Apache-2.0
import { decide } from "../catalogue/decide.ts";
import type { Feature } from "../catalogue/features.ts";
import { loadCatalogue } from "../catalogue/load.ts";
import { type ClusterShape, readShape, shapeNodes, shapeZonePools } from "../cluster/shape.ts";
import { loadMutants } from "../driver/load-mutants.ts";
import { readDriverProfile } from "../driver/profile.ts";
import type { PoolUse } from "../driver/profile-install.ts";
import { readDriverObjects } from "../driver/read-objects.ts";
import { requireReadyWorkloads } from "../driver/ready-workloads.ts";
import { offerOf } from "../harness/offer.ts";

/** What a profile would do, found without touching anything. */
export interface ProfileCheck {
  readonly file: string;
  readonly driver: { readonly name: string; readonly version: string };
  /** How it is installed, and by how many objects where that is known beforehand. */
  readonly install: { readonly way: string; readonly objects: number };
  readonly shape: string;
  readonly cases: readonly { readonly id: string; readonly runs: boolean; readonly reason?: string }[];
  /** Claims that no case of this run would check: each fails a certification. */
  readonly unproven: readonly Feature[];
  readonly mutants: number;
  /** Places that `profile init` or `profile import` left to a person. */
  readonly unfinished: readonly string[];
}

/**
 * Reads a profile and all it names, and plans a run with it.
 * @throws KitError of kind `usage` for what is wrong with it
 */
export async function checkProfile(file: string, shapeName: string): Promise<ProfileCheck> {
  const profile = await readDriverProfile(file);
  const { driver, install, features } = profile.spec;
  const objects = await readDriverObjects(install, file);
  requireReadyWorkloads(objects, profile, file);
  const mutants = await loadMutants(profile, file);
  const shape = await readShape(shapeName);
  const nodes = shapeNodes(shape).map((node) => ({ ...node, controlPlane: false }));
  const offer = offerOf(profile, nodes, {
    canReachNodes: true,
    // whether it does is seen when it runs
    driverLists: profile.spec.sockets !== undefined,
    pools: hasPools(shape, profile.spec.pools),
    nodePower: true,
    fileSystemShutdown: true,
  });
  const { cases } = await loadCatalogue();
  const plan = cases.map((one) => ({ one, decision: decide(one.meta, offer) }));
  const checked = new Set(plan.flatMap(({ one, decision }) => (decision.go ? one.meta.features : [])));
  return {
    file,
    driver: { name: driver.name, version: driver.version },
    install: { way: wayOf(install), objects: objects.length },
    shape: shape.metadata.name,
    cases: plan.map(({ one, decision }) => ({
      id: one.id,
      runs: decision.go,
      ...(decision.go ? {} : { reason: decision.reason }),
    })),
    unproven: features.filter((feature) => !checked.has(feature)),
    mutants: mutants.length,
    unfinished: findUnfinished(profile.spec, "spec"),
  };
}

/** Whether each worker of the shape will reach a pool that the profile names. */
function hasPools(shape: ClusterShape, use: PoolUse | undefined): boolean {
  if (use === undefined) return false;
  const zones = new Set(shapeZonePools(shape).flatMap((pool) => (pool.class === use.class ? pool.zone : [])));
  return shapeNodes(shape).every((node) =>
    use.of === "zone" ? zones.has(node.zone) : node.pools.some((pool) => pool.class === use.class),
  );
}

function wayOf(install: object): string {
  const ways = ["manifests", "kustomize", "helm", "command", "existing"];
  return ways.find((way) => way in install) ?? "";
}

function findUnfinished(value: unknown, path: string): string[] {
  if (typeof value === "string") return /\bTODO\b/.test(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => findUnfinished(inner, `${path}.${key}`));
}

/** For a person: what is right in a few lines, what is not in one line each. */
export function describeCheck(check: ProfileCheck): string {
  const { driver, install, cases, shape } = check;
  const skipped = cases.filter((one) => !one.runs);
  const objects = install.objects > 0 ? ` (${String(install.objects)} objects)` : "";
  return [
    `${check.file}: valid`,
    `  driver ${driver.name} ${driver.version}, installed by ${install.way}${objects}, ${String(check.mutants)} mutants`,
    `  on ${shape} ${String(cases.length - skipped.length)} of ${String(cases.length)} cases would run`,
    ...skipped.map(({ id, reason = "" }) => `    skipped ${id}: ${reason}`),
    ...check.unproven.map(
      (feature) => `  claim ${feature}: no case would check it, so the certification would fail`,
    ),
    ...check.unfinished.map((path) => `  ${path}: still says TODO`),
    "",
  ].join("\n");
}
