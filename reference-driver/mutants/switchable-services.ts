// SPDX-License-Identifier: Apache-2.0
import type { Services } from "../src/composition/services.ts";
import type { Mutant } from "./mutant.ts";

/** A running driver's services, whose fault can be changed between two calls. */
export interface SwitchableServices {
  readonly services: Services;
  /** Breaks the driver in this way from the next call on; undefined mends it. */
  readonly switchTo: (mutant: Pick<Mutant, "wrap"> | undefined) => Promise<void>;
}

/** Builds a part under other services; the part that is in use changes when what it gives back is called. */
type Rebuild = (services: Services) => Promise<() => void>;

/**
 * Every part the driver is given hands its calls on to the part of the mutant that is in place. Parts without a fault are
 * built once, so that locks and what they remember are the same under all mutants.
 */
export function makeSwitchable(good: Services): SwitchableServices {
  const base = builtOnce(good);
  const rebuilds: Rebuild[] = [];
  let now = base;

  const front =
    <P, T extends object>(build: (services: Services) => (parts: P) => T) =>
    (parts: P): T => {
      let part = build(now)(parts);
      rebuilds.push((services) => {
        const next = build(services)(parts);
        return Promise.resolve(() => (part = next));
      });
      return handingOn(() => part);
    };

  const services: Services = {
    openStore: async (options) => {
      let store = await now.openStore(options);
      rebuilds.push(async (variant) => {
        const next = await variant.openStore(options);
        return () => (store = next);
      });
      return handingOn(() => store);
    },
    // only a driver without a cluster has one, and that is not switched
    createLocalBackEnd: good.createLocalBackEnd,
    createClusterBackEnd: front((from) => from.createClusterBackEnd),
    createController: front((from) => from.createController),
    createGroupController: front((from) => from.createGroupController),
    createNode: front((from) => from.createNode),
    createReconciler: front((from) => from.createReconciler),
    createStaticVolumes: front((from) => from.createStaticVolumes),
  };
  return {
    services,
    switchTo: async (mutant) => {
      const next = mutant?.wrap(base) ?? base;
      const changes = await Promise.all(rebuilds.map((rebuild) => rebuild(next)));
      now = next;
      for (const change of changes) change();
    },
  };
}

function builtOnce(good: Services): Services {
  const once = <P extends object, T>(build: (parts: P) => T): ((parts: P) => T) => {
    const built = new WeakMap<P, T>();
    return (parts) => {
      const known = built.get(parts);
      if (known !== undefined) return known;
      const made = build(parts);
      built.set(parts, made);
      return made;
    };
  };
  return {
    openStore: once(good.openStore),
    createLocalBackEnd: good.createLocalBackEnd,
    createClusterBackEnd: once(good.createClusterBackEnd),
    createController: once(good.createController),
    createGroupController: once(good.createGroupController),
    createNode: once(good.createNode),
    createReconciler: once(good.createReconciler),
    createStaticVolumes: once(good.createStaticVolumes),
  };
}

/** An object with the properties of the part in use; its methods are looked up anew for every call. */
function handingOn<T extends object>(part: () => T): T {
  const front = {};
  for (const [name, value] of Object.entries(part())) {
    const look = (): unknown => (part() as Readonly<Record<string, unknown>>)[name];
    const call = (...given: readonly unknown[]): unknown =>
      (look() as (...given: readonly unknown[]) => unknown)(...given);
    Object.defineProperty(front, name, {
      enumerable: true,
      ...(typeof value === "function" ? { value: call } : { get: look }),
    });
  }
  return front as T;
}
