// SPDX-License-Identifier: Apache-2.0
import type { LogicalVolume } from "../cluster/resources.ts";
import { chooseSize } from "../csi/capacity.ts";
import type { VolumeCapability } from "../csi/messages.ts";
import { readPoolClass } from "../csi/parameters.ts";
import { smallestFor } from "../csi/volume-capability.ts";
import { volumeId } from "../csi/volume-id.ts";
import { claimsOfPod } from "./claims-of-pod.ts";
import { sourceOfClaim } from "./home-of-source.ts";
import type { Demand } from "./model.ts";
import { fullName } from "./objects.ts";
import type { Claim, Lookup, Pod } from "./objects.ts";
import { bytesOf } from "./quantity.ts";

/** StorageClass parameter that external-provisioner turns into the capability's filesystem. */
const FSTYPE = "csi.storage.k8s.io/fstype";

/**
 * The volumes that have to be cut before a pod can run: its claims that are not bound and whose class is of one of our
 * drivers with WaitForFirstConsumer. Empty for a pod that does not concern us.
 * @param drivers names of the instances that report pools
 */
export function demandsOfPod(pod: Pod, lookup: Lookup, drivers: ReadonlySet<string>): Demand[] {
  const namespace = pod.metadata?.namespace ?? "";
  return claimsOfPod(pod).flatMap((name) => {
    const claim = lookup.claim(namespace, name);
    return (claim && demandOfClaim(claim, lookup, drivers)) ?? [];
  });
}

/** The volume an unbound claim asks for, or undefined when that is not for us to cut. */
export function demandOfClaim(
  claim: Claim,
  lookup: Lookup,
  drivers: ReadonlySet<string>,
): Demand | undefined {
  const place = isBound(claim) ? undefined : placeOf(claim, lookup, drivers);
  if (place === undefined) return undefined;
  const source = sourceOfClaim(claim, lookup);
  const ours = source?.record.spec.driverName === place.driverName ? source : undefined;
  return {
    ...place,
    volumeId: volumeIdOf(claim),
    claim: fullName(claim),
    bytes: sizeOf(claim, lookup, ours?.record),
    home: ours && { node: ours.record.spec.node, what: ours.what },
  };
}

/** True when a claim has its volume. */
export function isBound(claim: Claim): boolean {
  return (claim.spec?.volumeName ?? "") !== "";
}

/** The id a claim's volume gets: external-provisioner asks for `pvc-<uid>`. */
export function volumeIdOf(claim: Claim): string {
  return volumeId("volume", `pvc-${claim.metadata?.uid ?? ""}`);
}

/** The pools a class cuts from, when it is ours and waits for a pod. */
function placeOf(
  claim: Claim,
  lookup: Lookup,
  drivers: ReadonlySet<string>,
): Pick<Demand, "driverName" | "poolClass"> | undefined {
  const storageClass = lookup.storageClass(claim.spec?.storageClassName ?? "");
  if (storageClass === undefined || !drivers.has(storageClass.provisioner)) return undefined;
  if (storageClass.volumeBindingMode !== "WaitForFirstConsumer") return undefined;
  try {
    return {
      driverName: storageClass.provisioner,
      poolClass: readPoolClass(storageClass.parameters ?? {}),
    };
  } catch {
    // The driver refuses these parameters, and says so to the user.
    return undefined;
  }
}

function sizeOf(claim: Claim, lookup: Lookup, source: LogicalVolume | undefined): number {
  const asked = bytesOf(claim.spec?.resources?.requests?.["storage"] ?? "0");
  try {
    const atLeast = source?.status?.bytes ?? source?.spec.bytes ?? 0;
    const smallest = smallestFor([capabilityOf(claim, lookup)]);
    return chooseSize({ requiredBytes: asked, limitBytes: 0 }, atLeast, smallest);
  } catch {
    // A size or filesystem that the driver refuses: it tells the user why, on whichever node.
    return asked;
  }
}

function capabilityOf(claim: Claim, lookup: Lookup): VolumeCapability {
  if (claim.spec?.volumeMode === "Block") return { accessMode: null, block: {} };
  const { parameters } = lookup.storageClass(claim.spec?.storageClassName ?? "") ?? {};
  return { accessMode: null, mount: { fsType: parameters?.[FSTYPE] ?? "", mountFlags: [] } };
}
